export type ConcurrencyLimit = <T>(operation: () => Promise<T>) => Promise<T>

type Waiting = { enter: () => void; turnAway: (error: unknown) => void }

/**
 * Lets `max` operations run at a time; the others wait their turn, first come first served. When one
 * fails with an error that `failsWaiting` accepts, those that wait fail with it: they would meet the
 * same.
 */
export const createConcurrencyLimit = (
  max: number,
  failsWaiting: (error: unknown) => boolean,
): ConcurrencyLimit => {
  const waiting: Waiting[] = []
  let running = 0

  const enter = () => {
    if (running < max) {
      running += 1
      return Promise.resolve()
    }
    return new Promise<void>((resolve, reject) =>
      waiting.push({ enter: resolve, turnAway: reject }),
    )
  }
  const leave = () => {
    const next = waiting.shift()
    if (next === undefined) running -= 1
    else next.enter()
  }

  return async (operation) => {
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
}
