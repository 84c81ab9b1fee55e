import rateLimit from '@fastify/rate-limit'
import { ERRNO } from '@oa/contracts'
import type { onRequestAsyncHookHandler } from 'fastify'
import fp from 'fastify-plugin'
import { BusinessError } from '../errors.ts'
import type { RateCounter } from '../ports/rate-counter.ts'

declare module 'fastify' {
  interface FastifyInstance {
    limitLogin: onRequestAsyncHookHandler
  }
}

type Options = { perIp: number; total: number; windowMs: number; counter: RateCounter }

/**
 * Adds `app.limitLogin`, which refuses sign-ins before any work is done for them: by address (IPv6
 * by /64) and, for those that pass, all together.
 */
export default fp<Options>(
  async (app, { perIp, total, windowMs, counter }) => {
    await app.register(rateLimit, { global: false, store: storeOf(counter) })
    const byAddress = app.createRateLimit({ max: perIp, timeWindow: windowMs })
    const together = app.createRateLimit({
      max: total,
      timeWindow: windowMs,
      keyGenerator: () => 'all',
    })
    app.decorate('limitLogin', async (request) => {
      for (const check of [byAddress, together]) {
        const count = await check(request)
        if (!count.isAllowed && count.isExceeded) throw tooMany(count.ttlInSeconds)
      }
    })
  },
  { name: 'login-limit' },
)

const tooMany = (retryAfterSeconds: number) =>
  new BusinessError(ERRNO.TOO_MANY_REQUESTS, '登录过于频繁，请稍后再试', { retryAfterSeconds })

/** The library's idea of a store: callbacks, and a class that it constructs itself. */
const storeOf = (counter: RateCounter) =>
  class LoginStore {
    incr(
      key: string,
      done: (error: Error | null, count?: { current: number; ttl: number }) => void,
      windowMs: number,
    ) {
      counter.increment(`login:${key}`, windowMs).then(
        (count) => done(null, count),
        (error: Error) => done(error),
      )
    }
    child() {
      return this
    }
  }
