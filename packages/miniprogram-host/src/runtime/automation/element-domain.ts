import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import { BUILTINS } from '../components/builtins.ts'
import type { Touch } from '../components/component-events.ts'
import { CENTRE, fireTouch, tap } from '../components/component-events.ts'
import { builtinTag } from '../components/definition.ts'
import { asCustom, attributeOf, dataOf } from '../components/tree.ts'
import { camelCase, readPath, record, toPlain } from '../plain.ts'
import { queryAll } from '../selectors/query.ts'
import type { AutomationRuntime, Domain, Params } from './domain.ts'
import type { Handles } from './handles.ts'
import { textOf, wxmlOf } from './markup.ts'

/** The methods `Element.*`: queries, properties, gestures, and calls on components. */
export const elementDomain = (runtime: AutomationRuntime, handles: Handles): Domain => ({
  ...queries(handles),
  ...properties(runtime, handles),
  ...gestures(runtime, handles),
  ...components(runtime, handles),
})

const queries = ({ page, element, handleOf }: Handles): Domain => {
  const find = (params: Params) => queryAll(contentOf(element(params)), String(params.selector))
  return {
    'Element.getElement': (params) => {
      const [found] = find(params)
      if (!found) throw new Error(`no such element: ${params.selector}`)
      return handleOf(found, page(params))
    },
    'Element.getElements': (params) => ({
      elements: find(params).map((found) => handleOf(found, page(params))),
    }),
    'Element.getWXML': (params) => ({ wxml: wxmlOf(element(params), params.type === 'outer') }),
  }
}

const properties = (
  { environment: { view } }: AutomationRuntime,
  { element }: Handles,
): Domain => ({
  'Element.getAttributes': (params) => {
    const target = element(params)
    return { attributes: namesOf(params).map((name) => toAttribute(attributeOf(target, name))) }
  },
  'Element.getProperties': (params) => {
    const component = element(params).asGeneralComponent()
    const data = component ? dataOf(component) : {}
    const read = (name: string) =>
      name === '__propPublic'
        ? Object.fromEntries(Object.keys(data).map((key) => [key, true]))
        : toPlain(
            data[name === '_translateX' ? 'x' : name === '_translateY' ? 'y' : camelCase(name)],
          )
    return { properties: namesOf(params).map(read) }
  },
  'Element.getDOMProperties': (params) => {
    const target = element(params)
    const read = (name: string) =>
      name === 'innerText' ? textOf(target) : view.domProperty(target, name)
    return { properties: namesOf(params).map(read) }
  },
  'Element.getStyles': (params) => {
    const target = element(params)
    return { styles: namesOf(params).map((name) => view.computedStyle(target, name)) }
  },
  'Element.getOffset': (params) => {
    const { left, top } = view.box(element(params))
    return { left, top }
  },
})

const LONGPRESS_MILLISECONDS = 350

const gestures = (runtime: AutomationRuntime, { element }: Handles): Domain => {
  const touchedAt = new WeakMap<glassEasel.Element, number>()
  const now = runtime.environment.now
  return {
    'Element.tap': async (params) => {
      tap(element(params))
      await runtime.viewUpdated()
    },
    'Element.touchstart': (params) => {
      touchedAt.set(element(params), now())
      sendTouch(element(params), 'touchstart', params)
    },
    'Element.touchmove': (params) => sendTouch(element(params), 'touchmove', params),
    'Element.touchend': async (params) => {
      const target = element(params)
      const held = now() - (touchedAt.get(target) ?? now())
      touchedAt.delete(target)
      // The SDK waits exactly 350 ms; its timer may fire slightly early.
      if (held >= LONGPRESS_MILLISECONDS - 5) sendTouch(target, 'longpress', params)
      sendTouch(target, 'touchend', params)
      await runtime.viewUpdated()
    },
    'Element.triggerEvent': async (params) => {
      element(params).triggerEvent(String(params.type), toPlain(params.detail ?? {}), {})
      await runtime.viewUpdated()
    },
    'Element.dispatchEvent': async (params) => {
      sendTouch(element(params), String(params.eventName), params)
      await runtime.viewUpdated()
    },
  }
}

const components = (runtime: AutomationRuntime, { element }: Handles): Domain => {
  const custom = (params: Params) => {
    const component = asCustom(element(params))
    if (!component) throw new Error('element is not a custom component')
    return component.getMethodCaller() as Record<string, unknown> & glassEasel.GeneralComponent
  }
  return {
    'Element.callFunction': async (params) => {
      const component = element(params).asGeneralComponent()
      const tag = component && builtinTag(component)
      const [owner, name = ''] = String(params.functionName).split('.')
      const run = tag === owner ? BUILTINS[tag ?? '']?.functions?.[name] : undefined
      if (!component || !run) throw new Error(`${params.functionName} unimplemented`)
      const args = Array.isArray(params.args) ? params.args : []
      const result = run(component, runtime, ...args)
      await runtime.viewUpdated()
      return { result: toPlain(result) }
    },
    'Element.getData': (params) => ({
      data: toPlain(readPath(custom(params).data, params.path as string | undefined)),
    }),
    'Element.setData': async (params) => {
      custom(params).setData(record(params.data))
      await runtime.viewUpdated()
    },
    'Element.callMethod': async (params) => {
      const component = custom(params)
      const method = component[String(params.method)]
      if (typeof method !== 'function') throw new Error(`component.${params.method} not exists`)
      const args = Array.isArray(params.args) ? params.args : []
      return { result: toPlain(await method.apply(component, args)) }
    },
  }
}

const contentOf = (element: glassEasel.Element): glassEasel.Element =>
  (asCustom(element)?.getShadowRoot() as unknown as glassEasel.Element | undefined) ?? element

const namesOf = ({ names }: Params): string[] => (Array.isArray(names) ? names.map(String) : [])

const toAttribute = (value: unknown): unknown => {
  if (value === undefined || value === null) return null
  return typeof value === 'object' ? toPlain(value) : String(value)
}

const sendTouch = (element: glassEasel.Element, type: string, params: Params): void => {
  const touches = touchesOf(params.touches) ?? (type === 'touchend' ? [] : [CENTRE])
  fireTouch(element, type, touches, touchesOf(params.changedTouches) ?? [CENTRE])
}

const touchesOf = (value: unknown): Touch[] | null =>
  Array.isArray(value) ? value.map((touch) => ({ ...CENTRE, ...record(touch) })) : null
