import { glassEasel } from 'glass-easel-miniprogram-adapter'

interface Target {
  id?: string
  dataset?: unknown
}

/**
 * Makes glass-easel hand events to the app as WeChat does: `target` and `currentTarget` are plain
 * `{ id, dataset, offsetLeft, offsetTop }`, and the event can be written as JSON.
 */
export const sendPlainEvents = (): void => {
  const events = glassEasel.Event.prototype as unknown as {
    wrapShadowedEvent(target: Target, mark: unknown, currentTarget: Target): unknown
  }
  events.wrapShadowedEvent = function (
    this: glassEasel.Event<unknown>,
    target,
    mark,
    currentTarget,
  ) {
    return Object.assign(Object.create(this), {
      type: this.type,
      timeStamp: this.timeStamp,
      target: plainTarget(target),
      currentTarget: plainTarget(currentTarget),
      mark,
      detail: this.detail,
      ...this.extraFields,
    })
  }
}

const plainTarget = ({ id = '', dataset = {} }: Target) => ({
  id,
  dataset,
  offsetLeft: 0,
  offsetTop: 0,
})
