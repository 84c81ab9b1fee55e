type Start<T> = (resolve: (value: T) => void, reject: (reason: unknown) => void) => void

/**
 * Turns a callback API of WeChat into a promise that settles within `ms`, rejected with `onLate()`
 * if WeChat has not called back by then: some calls never do after the mini-program was in the
 * background.
 */
export const withDeadline = <T>(ms: number, onLate: () => unknown, start: Start<T>): Promise<T> =>
  new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(onLate()), ms)
    const settle =
      <A>(end: (value: A) => void) =>
      (value: A) => {
        clearTimeout(timer)
        end(value)
      }
    start(settle(resolve), settle(reject))
  })

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
