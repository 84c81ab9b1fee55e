/** A call's time budget, joined with the caller's own abort. */
export type Deadline = {
  /** Aborts when the time is up (reason: what `timeUp` returns) or with the caller's reason. */
  signal: AbortSignal
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
    elapsedMs,
    remainingMs: () => totalMs - elapsedMs(),
    race: (work) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true })
        work.then(resolve, reject)
      }),
    release: () => {
      clearTimeout(timer)
      callerSignal?.removeEventListener('abort', onCallerAbort)
    },
  }
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
