export type ConcurrencyLimit = {
  <T>(operation: () => Promise<T>): Promise<T>
  /** How many operations wait for their turn. */
  waiting(): number
}

type Waiting = { enter: () => void; turnAway: (error: unknown) => void; since: number }

/** Nobody waits for ever: after `ms` an operation fails with `error()`. */
type Patience = { ms: number; error: () => Error }

/**
 * Lets `max` operations run at a time; the others wait their turn, first come first served. When one
 * fails with an error that `failsWaiting` accepts, those that wait fail with it: they would meet the
 * same.
 */
export const createConcurrencyLimit = (
  max: number,
  failsWaiting: (error: unknown) => boolean,
  patience?: Patience,
): ConcurrencyLimit => {
  const waiting: Waiting[] = []
  let running = 0
  let timer: NodeJS.Timeout | undefined

  /** One timer, for who has waited longest. */
  const watch = () => {
    const [first] = waiting
    if (patience === undefined || first === undefined || timer !== undefined) return
    timer = setTimeout(
      () => {
        timer = undefined
        const late = performance.now() - patience.ms
        while (waiting[0] !== undefined && waiting[0].since <= late) {
          waiting.shift()?.turnAway(patience.error())
        }
        watch()
      },
      Math.max(1, first.since + patience.ms - performance.now()),
    )
  }
  const enter = () => {
    if (running < max) {
      running += 1
      return Promise.resolve()
    }
    return new Promise<void>((resolve, reject) => {
      waiting.push({ enter: resolve, turnAway: reject, since: performance.now() })
      watch()
    })
  }
  /** The timer would keep a process alive that has nothing left to do. */
  const stopWatching = () => {
    clearTimeout(timer)
    timer = undefined
  }
  const leave = () => {
    const next = waiting.shift()
    if (waiting.length === 0) stopWatching()
    if (next === undefined) running -= 1
    else next.enter()
  }

  const limit = async <T>(operation: () => Promise<T>) => {
    await enter()
    try {
      return await operation()
    } catch (error) {
      if (failsWaiting(error)) for (const { turnAway } of waiting.splice(0)) turnAway(error)
      throw error
    } finally {
      leave()
    }
  }
  return Object.assign(limit, { waiting: () => waiting.length })
}
