import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import type { HostBindings } from '../host-bindings.ts'

interface Options extends Pick<HostBindings, 'setTimeout'> {
  /** The instance of the app's own tab bar on the current page, which a callback gets, too. */
  getTabBar(callback: unknown): unknown
  createQuery(component: glassEasel.GeneralComponent): unknown
}

/**
 * Methods of pages and components that glass-easel lacks. Animations are not shown: one is over
 * after its duration.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/view/animation.html
 */
export const instanceMethods = ({
  setTimeout,
  getTabBar,
  createQuery,
}: Options): Record<string, (...values: never[]) => unknown> => {
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
    applyAnimatedStyle(_selector: string, update: unknown, _options: unknown, callback?: unknown) {
      if (typeof update === 'function') update()
      callLater(callback, 0)
    },
    clearAnimatedStyle: () => undefined,
    setUpdatePerformanceListener: () => undefined,
    getTabBar: (callback?: unknown) => getTabBar(callback),
    createSelectorQuery(this: { _$: glassEasel.GeneralComponent }) {
      return createQuery(this._$)
    },
  }
}
