import { record } from '../plain.ts'

export interface LaunchOptions {
  path: string
  query: Record<string, string>
  scene: number
  referrerInfo: Record<string, unknown>
  apiCategory: string
}

/** The object that the app registered with App(), and how to call its lifecycle. */
export interface AppHolder {
  launch: LaunchOptions
  register(definition: unknown): void
  instance(): Record<string, unknown>
  /** Calls one of the app's own functions; what it throws is the app's exception. */
  call(name: string, ...values: unknown[]): void
}

export const createApp = (onError: (error: unknown) => void, launch: LaunchOptions): AppHolder => {
  let instance: Record<string, unknown> | null = null
  return {
    launch,
    register(definition) {
      if (instance) throw new Error('App() must be called only once')
      instance = record(definition)
    },
    instance: () => (instance ??= {}),
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
