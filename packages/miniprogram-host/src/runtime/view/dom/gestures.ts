import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import type { Touch as WxTouch } from '../../components/component-events.ts'
import { fireTouch, tap } from '../../components/component-events.ts'
import { asBuiltin } from '../../components/definition.ts'
import { dataOf } from '../../components/tree.ts'

type Element = glassEasel.Element

const TAP_DISTANCE = 10
const LONGPRESS_MILLISECONDS = 350
const TEMPORARY_CLASS = 3

interface Press {
  target: Element
  at: WxTouch
  moved: boolean
  held: boolean
  timer: ReturnType<typeof setTimeout>
  release(): void
}

/** Converts touch and mouse events on the pages to a mini-program's touch events and taps. */
export const listenToGestures = (pages: HTMLElement): void => {
  const finger = createFinger()
  const first = (event: TouchEvent): WxTouch => toTouch(event.changedTouches[0])
  let touched = false
  pages.addEventListener(
    'touchstart',
    (event) => {
      touched = true
      finger.start(elementAt(event.target), first(event))
    },
    { passive: true },
  )
  pages.addEventListener('touchmove', (event) => finger.move(first(event)), { passive: true })
  pages.addEventListener('touchend', (event) => finger.end(first(event), 'touchend'))
  pages.addEventListener('touchcancel', (event) => finger.end(first(event), 'touchcancel'))
  // Browsers emulate mouse events after a touch; they must not count as a second gesture.
  pages.addEventListener('mousedown', (event) => {
    if (!touched) finger.start(elementAt(event.target), toTouch(event))
  })
  document.addEventListener('mousemove', (event) => touched || finger.move(toTouch(event)))
  document.addEventListener('mouseup', (event) => touched || finger.end(toTouch(event), 'touchend'))
}

/** Tracks one touch from its start to its end. */
const createFinger = () => {
  let press: Press | null = null
  return {
    start(target: Element | null, at: WxTouch): void {
      if (!target) return
      fireTouch(target, 'touchstart', [at], [at])
      const timer = setTimeout(() => {
        if (!press || press.moved) return
        press.held = true
        fireTouch(target, 'longpress', [at], [at])
        fireTouch(target, 'longtap', [at], [at])
      }, LONGPRESS_MILLISECONDS)
      press = { target, at, moved: false, held: false, timer, release: pressLook(target) }
    },
    move(at: WxTouch): void {
      if (!press) return
      const distance = Math.hypot(at.clientX - press.at.clientX, at.clientY - press.at.clientY)
      press.moved ||= distance > TAP_DISTANCE
      if (press.moved) press.release()
      fireTouch(press.target, 'touchmove', [at], [at])
    },
    end(at: WxTouch, type: 'touchend' | 'touchcancel'): void {
      if (!press) return
      const { target, moved, held, timer, release } = press
      press = null
      clearTimeout(timer)
      release()
      fireTouch(target, type, [], [at])
      const longpressHandled = held && hasListener(target, 'longpress')
      const isTap = type === 'touchend' && !moved && !longpressHandled
      if (isTap) fireTouch(target, 'tap', [], [at])
    },
  }
}

/** Enter and the space bar tap the focused element. */
export const listenToKeyboard = (pages: HTMLElement): void => {
  pages.addEventListener('keydown', (event) => {
    const isField =
      event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement
    if (isField || (event.key !== 'Enter' && event.key !== ' ')) return
    const target = elementAt(event.target)
    if (!target) return
    event.preventDefault()
    tap(target)
  })
}

const elementAt = (target: EventTarget | null): Element | null => {
  let node = target as (Node & { __wxElement?: Element }) | null
  while (node && !node.__wxElement) node = node.parentNode
  return node?.__wxElement ?? null
}

const toTouch = (
  point: { clientX: number; clientY: number; pageX: number; pageY: number } | undefined,
): WxTouch => ({
  identifier: 0,
  clientX: point?.clientX ?? 0,
  clientY: point?.clientY ?? 0,
  pageX: point?.pageX ?? 0,
  pageY: point?.pageY ?? 0,
})

/** Applies the nearest hover-class; the returned function removes it. */
const pressLook = (target: Element): (() => void) => {
  for (let element: Element | null = target; element; element = element.parentNode) {
    const builtin = asBuiltin(element)
    const hoverClass = builtin && dataOf(builtin).hoverClass
    const blocked = builtin && (dataOf(builtin).disabled || dataOf(builtin).loading)
    if (!builtin || typeof hoverClass !== 'string' || hoverClass === 'none' || blocked) continue
    const { hoverStartTime, hoverStayTime } = dataOf(builtin)
    const timer = setTimeout(
      () => builtin.setNodeClass(hoverClass, TEMPORARY_CLASS),
      Number(hoverStartTime ?? 50),
    )
    return () => {
      clearTimeout(timer)
      setTimeout(() => builtin.setNodeClass('', TEMPORARY_CLASS), Number(hoverStayTime ?? 100))
    }
  }
  return () => undefined
}

const hasListener = (target: Element, type: string): boolean => {
  for (let element: Element | null = target; element; element = element.parentNode) {
    const events = (
      element as unknown as { _$eventTarget?: { listeners: Record<string, unknown> } }
    )._$eventTarget
    if (events?.listeners[type]) return true
  }
  return false
}
