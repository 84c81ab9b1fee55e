import { record } from '../plain.ts'
import { hasCallbacks, notify } from '../wx/api.ts'
import type { AutomationRuntime } from './domain.ts'

type WxFunction = (...values: unknown[]) => unknown

/** Whether a wx function returns its result instead of using callbacks or a promise. */
export const isSynchronous = (method: string): boolean =>
  /Sync$|^create|^get\w*Manager$|^(?:canIUse|nextTick|reportEvent|reportAnalytics|arrayBufferToBase64|base64ToArrayBuffer)$/.test(
    method,
  ) ||
  /^get(?:WindowInfo|DeviceInfo|AppBaseInfo|SystemSetting|AppAuthorizeSetting|MenuButtonBoundingClientRect|Performance)$/.test(
    method,
  ) ||
  /^o(?:n|ff)[A-Z]/.test(method)

const TASKS = ['request', 'uploadFile', 'downloadFile']

/** Replaces and restores wx functions for App.mockWxMethod. */
export const createMocks = (runtime: AutomationRuntime) => {
  const originals = new Map<string, WxFunction>()
  return {
    restore(method: string): void {
      const original = originals.get(method)
      if (original) runtime.wx[method] = original
      originals.delete(method)
    },
    /** `compute` receives the original function and the call's arguments, and returns the result. */
    replace(method: string, compute: (original: WxFunction, values: unknown[]) => unknown): void {
      const current = runtime.wx[method]
      if (typeof current !== 'function') throw new Error(`wx.${method} not exists`)
      if (/^o(?:n|ff)[A-Z]/.test(method)) throw new Error(`You can't mock wx.${method}`)
      const original = originals.get(method) ?? (current as WxFunction)
      originals.set(method, original)
      runtime.wx[method] = isSynchronous(method)
        ? (...values: unknown[]) => compute(original, values)
        : (options: unknown = {}, ...rest: unknown[]) =>
            answer(runtime, method, options, () => compute(original, [options, ...rest]))
    },
  }
}

/** Delivers a result as the real function would; `:fail` in its errMsg makes it a failure. */
const answer = (
  runtime: AutomationRuntime,
  method: string,
  given: unknown,
  compute: () => unknown,
): unknown => {
  const options = record(given)
  const outcome = Promise.resolve()
    .then(compute)
    .then((result) => {
      const { errMsg } = record(result)
      if (typeof errMsg === 'string' && errMsg.includes(':fail')) throw result
      return typeof result === 'object' && result !== null
        ? { errMsg: `${method}:ok`, ...result }
        : result
    })
  const isTask = TASKS.includes(method)
  if (!hasCallbacks(options) && !isTask) return outcome
  outcome.then(
    (result) => notify(options, 'success', result, runtime.errors.report),
    (failed: unknown) => notify(options, 'fail', failed, runtime.errors.report),
  )
  return isTask ? { abort: () => undefined } : undefined
}
