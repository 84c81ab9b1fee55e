import { glassEasel } from 'glass-easel-miniprogram-adapter'
import type { HostBindings } from '../host-bindings.ts'
import { camelCase, record } from '../plain.ts'
import { queryAll } from '../selectors/query.ts'
import { currentTargetOf } from './plain-events.ts'
import { asCustom, classesOf } from './tree.ts'

type Element = glassEasel.Element
type WxsFunction = (...values: unknown[]) => unknown
/** What WXS sees of an element or component. */
type Descriptor = Record<string, unknown>

/** How glass-easel's templates call WXS functions that listen to events and property changes. */
export interface WxsEvents {
  /** Wraps the function of `change:name`. */
  changed(listener: unknown): (value: unknown, old: unknown, host: Element, own: Element) => void
  /** Calls a listener of an event; `path` tells that its expression is a function of WXS. */
  call(caller: unknown, event: object, listener: WxsFunction, path: unknown): unknown
}

/** What the functions use of the running mini-program. */
interface WxsRuntime {
  environment: Pick<HostBindings, 'setTimeout' | 'clearTimeout'> & {
    view: {
      box(element: Element): { left: number; top: number; width: number; height: number }
      computedStyle(element: Element, name: string): string
    }
  }
}

/** Segments of an element's classes and styles that the template does not use. */
const CLASS_SEGMENT = 2
const STYLE_SEGMENT = 3
const FRAME_MILLISECONDS = 16

// https://developers.weixin.qq.com/miniprogram/dev/framework/view/interactive-animation.html
export const createWxsEvents = ({ environment }: WxsRuntime): WxsEvents => {
  const states = new WeakMap<Element, Record<string, unknown>>()
  const added = new WeakMap<Element, Set<string>>()

  const changeClass = (element: Element, change: (names: Set<string>) => void): void => {
    const names = added.get(element) ?? new Set<string>()
    change(names)
    added.set(element, names)
    element.setNodeClass([...names].join(' '), CLASS_SEGMENT)
  }
  const describe = (element: Element): Descriptor => {
    const descriptor: Descriptor = {
      getState() {
        const state = states.get(element) ?? {}
        states.set(element, state)
        return state
      },
      setStyle(style: unknown) {
        element.setNodeStyle(styleText(style), STYLE_SEGMENT)
        return descriptor
      },
      addClass(names: string) {
        changeClass(element, (all) => void wordsOf(names).forEach((name) => void all.add(name)))
        return descriptor
      },
      removeClass(names: string) {
        changeClass(element, (all) => void wordsOf(names).forEach((name) => void all.delete(name)))
        return descriptor
      },
      hasClass: (name: string) =>
        classesOf(element).includes(name) || !!added.get(element)?.has(name),
      getDataset: () => ({ ...record(element.dataset) }),
      selectComponent: (selector: string) => select(element, selector)[0] ?? null,
      selectAllComponents: (selector: string) => select(element, selector),
      callMethod: (name: string, value: unknown) => callMethod(element, name, value),
      triggerEvent: (name: string, detail: unknown, options: unknown) =>
        element.triggerEvent(name, detail, record(options)),
      getBoundingClientRect: () => boxOf(element),
      getComputedStyle: (names: unknown) =>
        Object.fromEntries(
          (Array.isArray(names) ? names : []).map((name) => [
            camelCase(String(name)),
            environment.view.computedStyle(element, String(name)),
          ]),
        ),
      requestAnimationFrame: (task: () => void) => environment.setTimeout(task, FRAME_MILLISECONDS),
      setTimeout: (task: () => void, milliseconds = 0) =>
        environment.setTimeout(task, milliseconds),
      clearTimeout: (id: number) => environment.clearTimeout(id),
    }
    return descriptor
  }
  const select = (element: Element, selector: string): Descriptor[] => {
    const root = asCustom(element)?.getShadowRoot() as Element | undefined
    return queryAll(root ?? element, selector).map(describe)
  }
  /** A view without layout has no boxes. */
  const boxOf = (element: Element) => {
    try {
      const { left, top, width, height } = environment.view.box(element)
      return { left, top, width, height, right: left + width, bottom: top + height }
    } catch {
      return { left: 0, top: 0, width: 0, height: 0, right: 0, bottom: 0 }
    }
  }
  return {
    changed: (listener) => (value, old, host, own) => {
      if (typeof listener !== 'function') return
      const call = () => void listener(value, old, describe(host), describe(own))
      // The first value is set while the element is created, before others that may be looked for.
      if (glassEasel.Element.isAttached(own)) call()
      else environment.setTimeout(call, 0)
    },
    call(caller, event, listener, path) {
      const own = currentTargetOf(event)
      const host = own?.ownerShadowRoot?.getHostNode()
      if (!Array.isArray(path) || !own || !host) return listener.call(caller, event)
      const seen = Object.assign(Object.create(event), { instance: describe(own) })
      return listener(seen, describe(host))
    },
  }
}

const callMethod = (element: Element, name: string, value: unknown): void => {
  const caller = record(asCustom(element)?.getMethodCaller())
  const method = caller[name]
  if (typeof method === 'function') method.call(caller, value)
}

const wordsOf = (names: unknown): string[] =>
  String(names ?? '')
    .split(/\s+/)
    .filter(Boolean)

const styleText = (style: unknown): string =>
  typeof style === 'string'
    ? style
    : Object.entries(record(style))
        .map(([name, value]) => `${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}:${value}`)
        .join(';')
