import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Starts `call` at a fixed rate, however long the answers take, until it is stopped; `stop` resolves to
 * all results.
 */
export const keepCalling = <T>(perSecond: number, call: () => Promise<T>) => {
  const calls: Promise<T>[] = []
  const begin = performance.now()
  let stopped = false
  const calling = (async () => {
    while (!stopped) {
      calls.push(call())
      await sleep(begin + (calls.length * 1_000) / perSecond - performance.now())
    }
  })()
  return {
    async stop(): Promise<T[]> {
      stopped = true
      await calling
      return Promise.all(calls)
    },
  }
}

/** The same for so many milliseconds. */
export const atRate = async <T>(perSecond: number, ms: number, call: () => Promise<T>) => {
  const calls = keepCalling(perSecond, call)
  await sleep(ms)
  return calls.stop()
}
