import { record } from '../plain.ts'

// https://developers.weixin.qq.com/miniprogram/dev/api/ui/animation/Animation.html
const STEPS = (
  'opacity backgroundColor width height left right top bottom rotate rotateX rotateY rotateZ rotate3d ' +
  'scale scaleX scaleY scaleZ scale3d translate translateX translateY translateZ translate3d ' +
  'skew skewX skewY matrix matrix3d'
).split(' ')

const DEFAULTS = { duration: 400, timingFunction: 'linear', delay: 0, transformOrigin: '50% 50% 0' }

/**
 * Collects an animation's steps for `export`; this host does not animate them. Like WeChat's, it has
 * the fields `option` and `actions`, which component libraries read and change.
 */
export const createAnimation = (given: unknown = {}): Record<string, unknown> => {
  let actions: unknown[] = []
  let current: { type: string; args: unknown[] }[] = []
  const { transformOrigin, ...transition } = { ...DEFAULTS, ...record(given) }
  const option = { transformOrigin, transition }
  const animation: Record<string, unknown> = {
    option,
    get actions() {
      return actions
    },
    step(changes: unknown) {
      const { transformOrigin: origin = transformOrigin, ...own } = record(changes)
      const used = { transformOrigin: origin, transition: { ...option.transition, ...own } }
      actions.push({ animates: current, option: used })
      current = []
      return animation
    },
    export() {
      const exported = { actions }
      actions = []
      return exported
    },
  }
  for (const type of STEPS) {
    animation[type] = (...args: unknown[]) => {
      current.push({ type, args })
      return animation
    }
  }
  return animation
}
