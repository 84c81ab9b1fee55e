import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import { toPlain } from '../plain.ts'
import type { Builtin } from './definition.ts'
import { duringTap } from './tap-gesture.ts'

/** A touch point, as events carry it. */
export interface Touch {
  identifier: number
  pageX: number
  pageY: number
  clientX: number
  clientY: number
}

export const CENTRE: Touch = { identifier: 0, pageX: 0, pageY: 0, clientX: 0, clientY: 0 }

/** Sends an event of a built-in component to the app. It does not bubble; `detail` is copied. */
export const fire = (component: Builtin, type: string, detail: Record<string, unknown>): void => {
  component.triggerEvent(type, toPlain(detail), {})
}

/** Like fire, and returns the result of the app's handler, which bindinput uses. */
export const fireForReply = (
  component: Builtin,
  type: string,
  detail: Record<string, unknown>,
): unknown => {
  let reply: unknown
  component.triggerEvent(type, toPlain(detail), {
    handleListenerReturn(returned: unknown) {
      reply = returned ?? reply
      return returned !== false
    },
  } as never)
  return reply
}

/** Sends a touch event or a tap, which bubbles through components. */
export const fireTouch = (
  element: glassEasel.Element,
  type: string,
  touches: Touch[],
  changedTouches: Touch[],
): void => {
  const [first = CENTRE] = changedTouches
  const detail =
    type === 'tap' || type === 'longpress' || type === 'longtap'
      ? { x: first.pageX, y: first.pageY }
      : {}
  const send = () =>
    element.triggerEvent(type, detail, {
      bubbles: true,
      composed: true,
      capturePhase: true,
      extraFields: { touches, changedTouches },
    } as never)
  if (type === 'tap') duringTap(send)
  else send()
}

/** Sends all events of one tap. */
export const tap = (element: glassEasel.Element, at: Touch = CENTRE): void => {
  fireTouch(element, 'touchstart', [at], [at])
  fireTouch(element, 'touchend', [], [at])
  fireTouch(element, 'tap', [], [at])
}
