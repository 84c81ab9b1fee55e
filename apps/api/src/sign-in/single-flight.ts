import { LRUCache } from 'lru-cache'
import { codeInUse, codeSpent } from '../errors/business-error.ts'

/** Requests that were sent together may arrive so far apart. */
const REMEMBER_MS = 1_000
const MAX_REMEMBERED = 10_000

type Options = {
  /** Whether the code is worth nothing after this failure. */
  isSpentBy(error: unknown): boolean
}

/**
 * Lets one sign-in at a time use a code. Callers who post exactly the same meanwhile share its result;
 * a different request with that code is refused. For a second after the code was used, it is refused
 * without asking WeChat, who accepts it only once anyway.
 */
export const createSingleFlight = <Result>({ isSpentBy }: Options) => {
  const flights = new Map<string, { request: { code: string }; result: Promise<Result> }>()
  const spent = new LRUCache<string, true>({ max: MAX_REMEMBERED, ttl: REMEMBER_MS })

  const fly = async (code: string, run: () => Promise<Result>) => {
    try {
      const result = await run()
      spent.set(code, true)
      return result
    } catch (error) {
      if (isSpentBy(error)) spent.set(code, true)
      throw error
    } finally {
      flights.delete(code)
    }
  }

  return async (request: { code: string }, run: () => Promise<Result>): Promise<Result> => {
    const { code } = request
    const flight = flights.get(code)
    if (flight !== undefined) {
      if (JSON.stringify(flight.request) !== JSON.stringify(request)) throw codeInUse()
      return flight.result
    }
    if (spent.has(code)) throw codeSpent()
    const result = fly(code, run)
    flights.set(code, { request, result })
    return result
  }
}
