import { record } from '../plain.ts'

export interface LaunchOptions {
  path: string
  query: Record<string, string>
  scene: number
  referrerInfo: Record<string, unknown>
  apiCategory: string
}

/** Holds the object that the app registers with App(), and calls its lifecycle functions. */
export interface AppHolder {
  launch: LaunchOptions
  register(definition: unknown): void
  /**
   * The result of getApp(): undefined before App(), unless `allowDefault` asks for an object, which
   * App() then fills.
   * https://developers.weixin.qq.com/miniprogram/dev/reference/api/getApp.html
   */
  instance(options?: { allowDefault?: boolean }): Record<string, unknown> | undefined
  /** Calls a function of the app, if present; an exception is reported as the app's. */
  call(name: string, ...values: unknown[]): void
}

export const createApp = (onError: (error: unknown) => void, launch: LaunchOptions): AppHolder => {
  let instance: Record<string, unknown> | undefined
  let early: Record<string, unknown> | undefined
  return {
    launch,
    register(definition) {
      if (instance) throw new Error('App() must be called only once')
      instance = early ? Object.assign(early, definition) : record(definition)
    },
    instance(options) {
      if (instance || options?.allowDefault !== true) return instance
      early ??= {}
      return early
    },
    call(name, ...values) {
      const method = instance?.[name]
      if (typeof method !== 'function') return
      try {
        method.apply(instance, values)
      } catch (error) {
        if (name === 'onError') return
        onError(error)
      }
    },
  }
}
