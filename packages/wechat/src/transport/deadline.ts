/** A call's time budget, joined with the caller's own abort. */
export type Deadline = {
  totalMs: number
  elapsedMs(): number
  remainingMs(): number
  /**
   * Calls back once: when the time is up, with what `timeUp` returns, or when the caller aborts, with
   * the caller's reason; immediately when that has already happened. Returns how to unsubscribe.
   */
  onEnd(callback: (reason: unknown) => void): () => void
  /** Stops the timer; no callback is called any more. */
  release(): void
}

// A plain timer and no AbortController: aborting one at each time-out builds a DOMException.
export const createDeadline = (
  totalMs: number,
  timeUp: () => Error,
  callerSignal: AbortSignal | undefined,
): Deadline => {
  const startedAt = performance.now()
  const callbacks = new Set<(reason: unknown) => void>()
  let end: { reason: unknown } | undefined
  const finish = (reason: unknown) => {
    release()
    end = { reason }
    for (const callback of callbacks) callback(reason)
    callbacks.clear()
  }
  const onCallerAbort = () => finish(callerSignal?.reason)
  const timer = setTimeout(() => finish(timeUp()), totalMs)
  callerSignal?.addEventListener('abort', onCallerAbort, { once: true })
  const release = () => {
    clearTimeout(timer)
    callerSignal?.removeEventListener('abort', onCallerAbort)
  }
  const elapsedMs = () => performance.now() - startedAt

  return {
    totalMs,
    elapsedMs,
    remainingMs: () => totalMs - elapsedMs(),
    onEnd: (callback) => {
      if (end) callback(end.reason)
      else callbacks.add(callback)

      return () => callbacks.delete(callback)
    },
    release,
  }
}

/** `work`, but rejected with the deadline's reason when that comes first. */
export const untilEnd = <T>(work: Promise<T>, deadline: Deadline): Promise<T> =>
  new Promise((resolve, reject) => {
    const unsubscribe = deadline.onEnd(reject)
    work.then(resolve, reject).finally(unsubscribe)
  })

/** Resolves after `ms`; rejects with the deadline's reason when that comes first. */
export const sleep = (ms: number, deadline: Deadline): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      unsubscribe()
      resolve()
    }, ms)
    const unsubscribe = deadline.onEnd((reason) => {
      clearTimeout(timer)
      reject(reason)
    })
  })

/** `work`, but rejected with the signal's reason as soon as that aborts. */
export const abortable = <T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> => {
  if (!signal) return work

  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}
