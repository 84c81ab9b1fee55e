import { glassEasel } from 'glass-easel-miniprogram-adapter'

interface Target {
  id?: string
  dataset?: unknown
}

const targets = new WeakMap<object, glassEasel.Element>()
const currentTargets = new WeakMap<object, glassEasel.Element>()

/** The element of an event's plain `target`, as seen from the listener's template. */
export const targetOf = (event: object): glassEasel.Element | undefined => targets.get(event)

/** The element of an event's plain `currentTarget`. */
export const currentTargetOf = (event: object): glassEasel.Element | undefined =>
  currentTargets.get(event)

/**
 * Makes glass-easel pass events to the app as WeChat does: `target` and `currentTarget` are plain
 * `{ id, dataset, offsetLeft, offsetTop }`, and the event can be serialised as JSON.
 */
export const sendPlainEvents = (): void => {
  const events = glassEasel.Event.prototype as unknown as {
    wrapShadowedEvent(target: glassEasel.Element, mark: unknown, currentTarget: Target): unknown
  }
  events.wrapShadowedEvent = function (
    this: glassEasel.Event<unknown>,
    target,
    mark,
    currentTarget,
  ) {
    const plain: object = Object.assign(Object.create(this), {
      type: this.type,
      timeStamp: this.timeStamp,
      target: plainTarget(target),
      currentTarget: plainTarget(currentTarget),
      mark,
      detail: this.detail,
      ...this.extraFields,
    })
    targets.set(plain, target)
    const own = currentTarget as Target & { _$?: glassEasel.Element }
    currentTargets.set(plain, own._$ ?? (currentTarget as glassEasel.Element))
    return plain
  }
}

const plainTarget = ({ id = '', dataset = {} }: Target) => ({
  id,
  dataset,
  offsetLeft: 0,
  offsetTop: 0,
})
