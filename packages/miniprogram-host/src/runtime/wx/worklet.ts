/** The value that an animation ends with; there are no frames between. */
const end = (value: unknown, _options?: unknown, callback?: unknown): unknown => {
  if (typeof callback === 'function') callback(true)
  return value
}

/** Each curve is a function of the part that has passed; some give it as `factory`. */
const easing = () =>
  Object.assign((part: number) => part, { factory: () => (part: number) => part })

/**
 * `wx.worklet` without Skyline: values are plain, and animations are at their end at once.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/runtime/skyline/worklet.html
 */
export const worklet: Record<string, unknown> = {
  shared: (value: unknown) => ({ value }),
  derived: (compute: () => unknown) => ({
    get value() {
      return compute()
    },
  }),
  timing: end,
  spring: end,
  decay: () => 0,
  delay: (_milliseconds: number, value: unknown) => value,
  sequence: (...values: unknown[]) => values.at(-1),
  repeat: (value: unknown) => value,
  cancelAnimation: () => undefined,
  runOnUI: (task: unknown) => task,
  runOnJS: (task: unknown) => task,
  Easing: Object.fromEntries(
    'bounce ease linear quad cubic cubicBezier poly bezier circle sin exp elastic back in out inOut'
      .split(' ')
      .map((name) => [name, easing]),
  ),
  scrollViewContext: { scrollTo: () => undefined },
}
