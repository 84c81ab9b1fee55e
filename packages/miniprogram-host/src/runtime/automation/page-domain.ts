import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import { readPath, record, toPlain } from '../plain.ts'
import type { PageRecord } from '../router/page-record.ts'
import { queryAll } from '../selectors/query.ts'
import { queryXpath } from '../selectors/xpath.ts'
import type { AutomationRuntime, Domain } from './domain.ts'
import type { Handles } from './handles.ts'
import { ownTextOf, textOf } from './markup.ts'

/** The methods `Page.*`: elements, data and methods of the current page. */
export const pageDomain = (runtime: AutomationRuntime, { page, handleOf }: Handles): Domain => {
  const { environment } = runtime
  const find = (owner: PageRecord, selector: unknown) => queryAll(rootOf(owner), String(selector))
  const findByXpath = (owner: PageRecord, xpath: unknown) =>
    queryXpath(rootOf(owner), String(xpath), { all: textOf, own: ownTextOf })
  const first = (owner: PageRecord, found: glassEasel.Element[], selector: unknown) => {
    const [element] = found
    if (!element) throw new Error(`no such element: ${selector}`)
    return handleOf(element, owner)
  }
  return {
    'Page.getElement': (params) => {
      const owner = page(params)
      return first(owner, find(owner, params.selector), params.selector)
    },
    'Page.getElements': (params) => {
      const owner = page(params)
      return { elements: find(owner, params.selector).map((element) => handleOf(element, owner)) }
    },
    'Page.getElementByXpath': (params) => {
      const owner = page(params)
      return first(owner, findByXpath(owner, params.selector), params.selector)
    },
    'Page.getElementsByXpath': (params) => {
      const owner = page(params)
      const found = findByXpath(owner, params.selector)
      return { elements: found.map((element) => handleOf(element, owner)) }
    },
    'Page.getData': (params) => ({
      data: toPlain(readPath(page(params).instance.data, params.path as string | undefined)),
    }),
    'Page.setData': async (params) => {
      page(params).instance.setData(record(params.data))
      await runtime.viewUpdated()
    },
    'Page.callMethod': async (params) => {
      const { instance } = page(params)
      const method = instance[String(params.method)]
      if (typeof method !== 'function') throw new Error(`page.${params.method} not exists`)
      const args = Array.isArray(params.args) ? params.args : []
      return { result: toPlain(await method.apply(instance, args)) }
    },
    'Page.getWindowProperties': (params) => {
      const owner = page(params)
      const { width, height } = environment.view.windowSize(owner)
      const values: Record<string, unknown> = {
        'document.documentElement.scrollWidth': width,
        'document.documentElement.scrollHeight': height,
        'document.documentElement.scrollTop': environment.view.scrollTop(owner),
        'document.body.scrollTop': 0,
      }
      const names = Array.isArray(params.names) ? params.names : []
      return { properties: names.map((name) => values[String(name)] ?? null) }
    },
  }
}

const rootOf = (page: PageRecord): glassEasel.Element =>
  page.component.getShadowRoot() as unknown as glassEasel.Element
