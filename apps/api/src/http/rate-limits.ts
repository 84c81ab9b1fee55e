import rateLimit from '@fastify/rate-limit'
import { ERRNO } from '@oa/contracts'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { BusinessError } from '../errors/business-error.ts'
import type { Counter } from '../infra/shared-state/counter.ts'

/** Counts the request; rejects with TOO_MANY_REQUESTS when it is one too many. */
export type Limit = (request: FastifyRequest) => Promise<void>

type LimitOptions = {
  /** Limits of one name and scope share their counts. */
  name: string
  max: number
  windowMs: number
  /** By address (IPv6 by /64), or all requests together. */
  of: 'address' | 'all'
  /** The text of the refusal. */
  errmsg: string
}

declare module 'fastify' {
  interface FastifyInstance {
    createLimit(options: LimitOptions): Limit
  }
}

/** Adds `app.createLimit`, which limits how often requests of one kind may come. */
export default fp<{ counter: Counter }>(
  async (app, { counter }) => {
    await app.register(rateLimit, { global: false, store: storeOf(counter) })
    app.decorate('createLimit', ({ name, max, windowMs, of, errmsg }) => {
      // `nameSpace` is not among the library's types here, but reaches the store.
      const options = { max, timeWindow: windowMs, nameSpace: name }
      const check = app.createRateLimit(
        of === 'address' ? options : { ...options, keyGenerator: () => 'all' },
      )
      return async (request) => {
        const count = await check(request)
        if (count.isAllowed || !count.isExceeded) return
        const retryAfterSeconds = count.ttlInSeconds
        throw new BusinessError(ERRNO.TOO_MANY_REQUESTS, errmsg, { retryAfterSeconds })
      }
    })
  },
  { name: 'rate-limits' },
)

/** The library's idea of a store: callbacks, and a class that it constructs itself. */
const storeOf = (counter: Counter) =>
  class RateStore {
    readonly prefix: string

    constructor(options: object) {
      this.prefix = 'nameSpace' in options ? String(options.nameSpace) : ''
    }
    incr(
      key: string,
      done: (error: Error | null, count?: { current: number; ttl: number }) => void,
      windowMs: number,
    ) {
      counter.increment(`${this.prefix}:${key}`, windowMs).then(
        (count) => done(null, count),
        (error: Error) => done(error),
      )
    }
    child(options: object) {
      return new RateStore(options)
    }
  }
