import { record } from '../plain.ts'
import { asyncApi, failure } from './api.ts'
import type { WxRuntime } from './area.ts'
import { inertObject } from './inert.ts'

const REASON = 'the cloud of the app cannot be reached by miniprogram-host'

/** Methods that would ask the cloud; every other one returns an object to go on with. */
const ASKS = new Set(
  'get count add set update remove end callFunction callContainer connectContainer uploadFile downloadFile getTempFileURL deleteFile'.split(
    ' ',
  ),
)

/** `wx.cloud` without a cloud: what asks it fails, queries can be built. */
export const createCloud = ({ warn, errors }: WxRuntime): unknown => {
  const fail = (name: string) => {
    const api = asyncApi(
      name,
      () => {
        warn(`wx.cloud is not supported: ${name} fails`)
        throw failure(REASON, undefined, { errCode: -1 })
      },
      errors.report,
    )
    return (options?: unknown) => {
      const result = api(record(options))
      // With callbacks, transfers give a task.
      return result ?? (name.endsWith('loadFile') ? inertObject(name, errors.report) : undefined)
    }
  }
  const builder = (path: string): unknown =>
    new Proxy(() => undefined, {
      get(_target, key) {
        if (typeof key === 'symbol' || key === 'then' || key === 'toJSON') return undefined
        return ASKS.has(key) ? fail(`${path}.${key}`) : builder(path)
      },
      apply: () => builder(path),
    })
  return new Proxy<Record<string, unknown>>(
    { init: () => undefined, DYNAMIC_CURRENT_ENV: 'current' },
    {
      get(target, key) {
        if (typeof key === 'symbol' || key in target) return target[String(key)]
        if (key === 'then' || key === 'toJSON') return undefined
        return ASKS.has(key) ? fail(`cloud.${key}`) : builder(`cloud.${key}`)
      },
    },
  )
}
