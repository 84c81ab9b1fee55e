/** A call's time budget, joined with the caller's own abort. */
export type Deadline = {
  /** Aborts when the time is up (reason: what `timeUp` returns) or with the caller's reason. */
  signal: AbortSignal
  totalMs: number
  elapsedMs(): number
  remainingMs(): number
  /** Rejects with the signal's reason as soon as it aborts, whatever the work does. */
  race<T>(work: Promise<T>): Promise<T>
  release(): void
}

export const createDeadline = (
  totalMs: number,
  timeUp: () => Error,
  callerSignal: AbortSignal | undefined,
): Deadline => {
  const startedAt = performance.now()
  const controller = new AbortController()
  const { signal } = controller
  const onCallerAbort = () => controller.abort(callerSignal?.reason)
  const timer = setTimeout(() => controller.abort(timeUp()), totalMs)
  callerSignal?.addEventListener('abort', onCallerAbort, { once: true })
  const elapsedMs = () => performance.now() - startedAt

  return {
    signal,
    totalMs,
    elapsedMs,
    remainingMs: () => totalMs - elapsedMs(),
    race: (work) => abortable(work, signal),
    release: () => {
      clearTimeout(timer)
      callerSignal?.removeEventListener('abort', onCallerAbort)
    },
  }
}

/** `work`, but rejected with the signal's reason as soon as that aborts. */
export const abortable = <T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> => {
  if (!signal) return work

  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}

/** Resolves after `ms`; rejects with the signal's reason when that comes first. */
export const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort)
      resolve()
    }, ms)
    if (signal.aborted) onAbort()
    else signal.addEventListener('abort', onAbort, { once: true })
  })
