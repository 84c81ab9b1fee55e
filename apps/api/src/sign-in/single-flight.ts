import { LRUCache } from 'lru-cache'
import { codeInUse, codeSpent } from '../errors/business-error.ts'

/** Requests that were sent together may arrive so far apart. */
const REMEMBER_MS = 1_000
const MAX_REMEMBERED = 10_000

type Options = {
  /** Whether the code is worth nothing after this failure. */
  isSpentBy(error: unknown): boolean
}

/** The code of `wx.login`, of which mini-program, and all that is done with it. */
type CodeUse = { appId: string; code: string }

/**
 * Lets one sign-in at a time use a code. Callers who post exactly the same meanwhile share its result;
 * a different request with that code is refused. For a second after the code was used, it is refused
 * without asking WeChat, who accepts it only once anyway.
 */
export const createSingleFlight = <Result>({ isSpentBy }: Options) => {
  const flights = new Map<string, { request: CodeUse; result: Promise<Result> }>()
  const spent = new LRUCache<string, true>({ max: MAX_REMEMBERED, ttl: REMEMBER_MS })

  const fly = async (key: string, run: () => Promise<Result>) => {
    try {
      const result = await run()
      spent.set(key, true)
      return result
    } catch (error) {
      if (isSpentBy(error)) spent.set(key, true)
      throw error
    } finally {
      flights.delete(key)
    }
  }

  return async (request: CodeUse, run: () => Promise<Result>): Promise<Result> => {
    const key = `${request.appId} ${request.code}`
    const flight = flights.get(key)
    if (flight !== undefined) {
      if (JSON.stringify(flight.request) !== JSON.stringify(request)) throw codeInUse()
      return flight.result
    }
    if (spent.has(key)) throw codeSpent()
    const result = fly(key, run)
    flights.set(key, { request, result })
    return result
  }
}
