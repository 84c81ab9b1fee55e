import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import { createCanvasNode } from '../canvas/canvas-node.ts'
import { asBuiltin, builtinTag } from '../components/definition.ts'
import { attributeOf } from '../components/tree.ts'
import type { ErrorReporter } from '../errors.ts'
import type { HostBindings } from '../host-bindings.ts'
import { camelCase, record } from '../plain.ts'
import type { PageRecord } from '../router/page-record.ts'
import { inertObject } from '../wx/inert.ts'
import { queryAll } from './query.ts'
import type { QueryView } from './query-view.ts'

type Element = glassEasel.Element
type Callback = (result: unknown) => void

/** What queries use of the running mini-program. */
export interface QueryRuntime {
  environment: Pick<HostBindings, 'setTimeout' | 'clearTimeout'> & { view: QueryView }
  errors: Pick<ErrorReporter, 'report'>
  router: { top(): PageRecord | undefined }
}

interface Question {
  /** Null for the viewport. */
  selector: string | null
  all: boolean
  scope: Element | null
  fields: Record<string, unknown>
  callback: Callback | undefined
}

const RECT = { id: true, dataset: true, rect: true, size: true }
const SCROLL = { id: true, dataset: true, scrollOffset: true }

/**
 * WeChat's selector query, within a component or page; null finds nothing.
 * https://developers.weixin.qq.com/miniprogram/dev/api/wxml/wx.createSelectorQuery.html
 */
export const createSelectorQuery = (
  runtime: QueryRuntime,
  component: glassEasel.GeneralComponent | null,
): Record<string, unknown> => {
  let scope = shadowOf(component)
  const questions: Question[] = []
  const nodes = (selector: string | null, all: boolean) => {
    const ask = (fields: Record<string, unknown>, callback?: Callback) => {
      questions.push({ selector, all, scope, fields, callback })
      return query
    }
    return {
      boundingClientRect: (callback?: Callback) => ask(RECT, callback),
      scrollOffset: (callback?: Callback) => ask(SCROLL, callback),
      fields: (fields: unknown, callback?: Callback) => ask(record(fields), callback),
      context: (callback?: Callback) => ask({ context: true }, callback),
      node: (callback?: Callback) => ask({ node: true }, callback),
      ref: (callback?: Callback) => ask({ ref: true }, callback),
    }
  }
  const query: Record<string, unknown> = {
    in(caller: unknown) {
      scope = shadowOf((record(caller)._$ as glassEasel.GeneralComponent | undefined) ?? component)
      return query
    },
    select: (selector: unknown) => nodes(String(selector), false),
    selectAll: (selector: unknown) => nodes(String(selector), true),
    selectViewport: () => nodes(null, false),
    exec(callback?: (results: unknown[]) => void) {
      const asked = questions.splice(0)
      runtime.environment.setTimeout(() => {
        const results = asked.map((question) => answer(runtime, question))
        for (const [at, { callback: own }] of asked.entries()) own?.(results[at])
        callback?.(results)
      }, 0)
      return query
    },
  }
  return query
}

/**
 * How far below the top of its page the first element that the selector finds begins, in CSS pixels;
 * undefined when there is none or the view has no layout.
 */
export const topOfFirst = (
  { environment }: QueryRuntime,
  page: glassEasel.GeneralComponent,
  selector: string,
): number | undefined => {
  const scope = shadowOf(page)
  const [first] = scope ? find(scope, selector) : []
  try {
    return first && environment.view.box(first).top
  } catch {
    return undefined
  }
}

const shadowOf = (component: glassEasel.GeneralComponent | null): Element | null =>
  (component?.getShadowRoot() as Element | null | undefined) ?? null

const answer = (runtime: QueryRuntime, question: Question): unknown => {
  const { selector, all, scope, fields } = question
  if (selector === null) return ofViewport(runtime, fields)
  const found = scope ? find(scope, selector) : []
  if (all) return found.map((element) => ofElement(runtime, element, fields))
  return found[0] ? ofElement(runtime, found[0], fields) : null
}

/** A selector that is none finds nothing, as in WeChat. */
const find = (scope: Element, selector: string): Element[] => {
  try {
    return queryAll(scope, selector)
  } catch {
    return []
  }
}

const ofViewport = ({ router, environment }: QueryRuntime, fields: Record<string, unknown>) => {
  const page = router.top()
  const { width, height } = page ? environment.view.windowSize(page) : { width: 0, height: 0 }
  const scrollTop = page ? environment.view.scrollTop(page) : 0
  const result: Record<string, unknown> = { id: '', dataset: {} }
  if (fields.rect) Object.assign(result, { left: 0, top: 0, right: width, bottom: height })
  if (fields.size) Object.assign(result, { width, height })
  if (fields.scrollOffset) {
    Object.assign(result, { scrollLeft: 0, scrollTop, scrollWidth: width, scrollHeight: height })
  }
  return result
}

const ofElement = (
  runtime: QueryRuntime,
  element: Element,
  fields: Record<string, unknown>,
): Record<string, unknown> => {
  const result: Record<string, unknown> = {}
  if (fields.id) result.id = element.id
  if (fields.dataset) result.dataset = { ...record(element.dataset) }
  if (fields.mark) result.mark = element.collectMarks()
  const { left, top, width, height } = boxOf(runtime, element)
  if (fields.rect) Object.assign(result, { left, top, right: left + width, bottom: top + height })
  if (fields.size) Object.assign(result, { width, height })
  if (fields.scrollOffset) Object.assign(result, scrollOf(element))
  for (const name of list(fields.properties)) result[camelCase(name)] = attributeOf(element, name)
  for (const name of list(fields.computedStyle)) result[name] = styleOf(runtime, element, name)
  const canvas = asBuiltin(element, 'canvas')
  if (canvas && (fields.node || fields.context)) {
    const surface = runtime.environment.view.surface(canvas)
    const node = createCanvasNode(surface, { width, height }, runtime.environment)
    if (fields.node) result.node = node
    if (fields.context) result.context = node.getContext('2d')
  } else {
    if (fields.node) result.node = scrollNode(element)
    if (fields.context) result.context = contextOf(runtime, element)
  }
  return result
}

/** The box relative to the visible part of the page; zeros in a view without layout. */
const boxOf = ({ environment, router }: QueryRuntime, element: Element) => {
  try {
    const page = router.top()
    const { left, top, width, height } = environment.view.box(element)
    return { left, top: top - (page ? environment.view.scrollTop(page) : 0), width, height }
  } catch {
    return { left: 0, top: 0, width: 0, height: 0 }
  }
}

const styleOf = ({ environment }: QueryRuntime, element: Element, name: string): string => {
  try {
    return environment.view.computedStyle(element, name)
  } catch {
    return ''
  }
}

const scrollOf = (element: Element) => {
  const {
    scrollLeft = 0,
    scrollTop = 0,
    scrollWidth = 0,
    scrollHeight = 0,
  } = (element.getBackendElement() as unknown as Partial<HTMLElement> | null) ?? {}
  return { scrollLeft, scrollTop, scrollWidth, scrollHeight }
}

/** The context of a video, map or editor has no effect; other elements have none. */
const contextOf = ({ errors }: QueryRuntime, element: Element): unknown => {
  const component = asBuiltin(element)
  const tag = component && builtinTag(component)
  return tag && WITH_CONTEXT.has(tag) ? inertObject(`${tag} context`, errors.report) : null
}

const WITH_CONTEXT = new Set(['video', 'map', 'editor', 'camera', 'live-player', 'live-pusher'])

/** An enhanced scroll-view as node: it can be scrolled. */
const scrollNode = (element: Element): Record<string, unknown> | null => {
  const component = element.asGeneralComponent()
  if (!component || builtinTag(component) !== 'scroll-view') return null
  return {
    scrollTo: (options: unknown) => {
      const { top, left } = record(options)
      component.setData({ scrollTop: top ?? null, scrollLeft: left ?? null })
    },
    scrollIntoView: () => undefined,
  }
}

const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])
