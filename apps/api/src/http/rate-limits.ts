import { ERRNO } from '@oa/contracts'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { BusinessError } from '../errors/business-error.ts'
import type { Counter } from '../infra/shared-state/counter.ts'
import { addressKey } from './address-key.ts'

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
    app.decorate('createLimit', ({ name, max, windowMs, of, errmsg }) => async ({ ip }) => {
      const key = `${name}:${of === 'address' ? addressKey(ip) : 'all'}`
      const { current, ttl } = await counter.increment(key, windowMs)
      if (current <= max) return
      throw new BusinessError(ERRNO.TOO_MANY_REQUESTS, errmsg, {
        retryAfterSeconds: Math.ceil(ttl / 1_000),
      })
    })
  },
  { name: 'rate-limits' },
)
