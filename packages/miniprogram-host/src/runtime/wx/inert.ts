import { record } from '../plain.ts'
import { hasCallbacks, notify } from './api.ts'

/** Never settles: an app that waits for it goes on as if the device were slow. */
const NEVER = new Promise<never>(() => undefined)

/** Not the prototype of plain data, so that a page that holds such an object keeps it uncopied. */
const INERT = {}

/**
 * An object whose every method exists and has no effect: listeners are never called, callbacks fail.
 * Fields have the values of `fields` until the app sets others.
 */
export const inertObject = (
  name: string,
  onError: (error: unknown) => void,
  fields: Record<string, unknown> = {},
): Record<string, unknown> =>
  new Proxy<Record<string, unknown>>(Object.assign(Object.create(INERT), fields), {
    get(target, key) {
      if (typeof key === 'symbol' || key in target) return target[String(key)]
      if (key === 'then' || key === 'toJSON') return undefined
      if (/^o(?:n|ff)[A-Z]/.test(key)) return () => undefined
      return (given?: unknown) => {
        const options = record(given)
        if (!hasCallbacks(options)) return NEVER
        const failed = { errMsg: `${name}.${key}:fail not supported by miniprogram-host` }
        void Promise.resolve().then(() => notify(options, 'fail', failed, onError))
        return undefined
      }
    },
  })
