import { record } from '../plain.ts'

/** A failure that becomes `{ errMsg: '<method>:fail <reason>' }` for the app. */
export interface ApiFailure {
  reason: string
  errno?: number
  extra?: Record<string, unknown>
}

export const failure = (
  reason: string,
  errno?: number,
  extra?: Record<string, unknown>,
): ApiFailure => {
  const failed: ApiFailure = { reason }
  if (errno !== undefined) failed.errno = errno
  if (extra) failed.extra = extra
  return failed
}

export type ApiOptions = Record<string, unknown>
type ApiFunction = (options?: ApiOptions) => unknown
type Implementation = (options: ApiOptions) => unknown

/**
 * Creates an asynchronous wx function. With callbacks it returns undefined, without them a promise.
 * Exceptions of callbacks go to `onError`.
 */
export const asyncApi = (
  name: string,
  implement: Implementation,
  onError: (error: unknown) => void,
): ApiFunction => {
  return (given) => {
    const options = record(given)
    const outcome = Promise.resolve()
      .then(() => implement(options))
      .then((result) => ({ errMsg: `${name}:ok`, ...record(result) }))
      .catch((error: unknown) => {
        throw toFailure(name, error)
      })
    if (!hasCallbacks(options)) return outcome
    outcome.then(
      (result) => notify(options, 'success', result, onError),
      (failed: unknown) => notify(options, 'fail', failed, onError),
    )
    return undefined
  }
}

export const hasCallbacks = (options: ApiOptions): boolean =>
  [options.success, options.fail, options.complete].some(
    (callback) => typeof callback === 'function',
  )

/** Calls success or fail, then complete. */
export const notify = (
  options: ApiOptions,
  which: 'success' | 'fail',
  result: unknown,
  onError: (error: unknown) => void,
): void => {
  for (const callback of [options[which], options.complete]) {
    if (typeof callback !== 'function') continue
    try {
      callback(result)
    } catch (error) {
      onError(error)
    }
  }
}

const toFailure = (name: string, error: unknown): Record<string, unknown> => {
  const failed = record(error) as Partial<ApiFailure> & { message?: string; stack?: string }
  const reason = failed.reason ?? failed.message ?? String(error)
  const answer: Record<string, unknown> = { errMsg: `${name}:fail ${reason}`.trimEnd() }
  if (failed.errno !== undefined) answer.errno = failed.errno
  return Object.assign(answer, failed.extra)
}
