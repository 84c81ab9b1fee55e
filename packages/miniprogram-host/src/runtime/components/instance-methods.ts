import type { HostBindings } from '../host-bindings.ts'

type Timer = Pick<HostBindings, 'setTimeout'>

/**
 * Methods of pages and components for animations, which this host does not show: an animation is
 * over after its duration.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/view/animation.html
 */
export const instanceMethods = ({
  setTimeout,
}: Timer): Record<string, (...values: never[]) => unknown> => {
  const callLater = (callback: unknown, milliseconds: number): void => {
    if (typeof callback === 'function') setTimeout(() => void callback(), milliseconds)
  }
  return {
    animate(_selector: string, _frames: unknown, duration: number, callback?: unknown) {
      callLater(callback, Number(duration) || 0)
    },
    clearAnimation(_selector: string, options?: unknown, callback?: unknown) {
      callLater(callback ?? options, 0)
    },
    setUpdatePerformanceListener: () => undefined,
  }
}
