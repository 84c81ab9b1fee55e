import { record } from '../plain.ts'

// https://developers.weixin.qq.com/miniprogram/dev/api/ui/animation/Animation.html
const STEPS = (
  'opacity backgroundColor width height left right top bottom rotate rotateX rotateY rotateZ rotate3d ' +
  'scale scaleX scaleY scaleZ scale3d translate translateX translateY translateZ translate3d ' +
  'skew skewX skewY matrix matrix3d'
).split(' ')

/** Collects an animation's steps for `export`; this host does not animate them. */
export const createAnimation = (defaults: unknown = {}): Record<string, unknown> => {
  let actions: unknown[] = []
  let current: { type: string; args: unknown[] }[] = []
  const animation: Record<string, unknown> = {
    step(given: unknown) {
      const { transformOrigin, ...transition } = { ...record(defaults), ...record(given) }
      actions.push({ animates: current, option: { transformOrigin, transition } })
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
