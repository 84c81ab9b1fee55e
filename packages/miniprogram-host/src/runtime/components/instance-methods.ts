import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import { component } from 'glass-easel-miniprogram-adapter'
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
    setData(this: component.GeneralComponent, data?: Data, callback?: () => void) {
      const { setData } = component.ComponentCaller.prototype
      // WeChat ignores a call without data.
      setData.call(this, withOpaqueInstances(data ?? {}), callback)
    },
    getTabBar: (callback?: unknown) => getTabBar(callback),
    createSelectorQuery(this: { _$: glassEasel.GeneralComponent }) {
      return createQuery(this._$)
    },
  }
}

type Data = Record<string, unknown>

/** Data is copied, which would follow an instance to the whole tree of elements. */
const withOpaqueInstances = (data: Data): Data =>
  Object.values(data).some(isInstance)
    ? Object.fromEntries(
        Object.entries(data).map(([key, value]) => [
          key,
          isInstance(value) ? opaque(value) : value,
        ]),
      )
    : data

const isInstance = (value: unknown): value is component.GeneralComponent =>
  value instanceof component.ComponentCaller

/** The instance behind a function, which a copy leaves as it is. */
const opaque = (instance: component.GeneralComponent): unknown => {
  const target = () => undefined
  return new Proxy(target, {
    get: (_target, key) => Reflect.get(instance, key, instance),
    set: (_target, key, value) => Reflect.set(instance, key, value, instance),
    has: (_target, key) => Reflect.has(instance, key),
  })
}
