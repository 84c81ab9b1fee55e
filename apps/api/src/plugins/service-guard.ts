import { ERRNO } from '@oa/contracts'
import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify'
import fp from 'fastify-plugin'
import { BusinessError } from '../errors.ts'
import type { RateCounter } from '../ports/rate-counter.ts'
import type { ServiceToken } from '../security/service-tokens.ts'
import { findService } from '../security/service-tokens.ts'

declare module 'fastify' {
  interface FastifyInstance {
    requireService: onRequestAsyncHookHandler
  }
  interface FastifyRequest {
    /** The name of the company's service that asks; null on every other route. */
    service: string | null
  }
}

export const SERVICE_TOKEN_HEADER = 'x-oa-service-token'

const WINDOW_MS = 60_000

type Options = { tokens: readonly ServiceToken[]; perMinute: number; counter: RateCounter }

/**
 * Adds `app.requireService`, the guard for internal routes: it reads `X-OA-Service-Token`, answers
 * UNLOGIN to whoever has none of the tokens, and TOO_MANY_REQUESTS to a service beyond its share.
 */
export default fp<Options>(
  async (app, { tokens, perMinute, counter }) => {
    app.decorateRequest('service', null)
    app.decorate('requireService', async (request) => {
      const service = serviceOf(request, tokens)
      if (service === null) throw new BusinessError(ERRNO.UNLOGIN, '服务令牌无效')
      request.service = service
      const { current, ttl } = await counter.increment(`service:${service}`, WINDOW_MS)
      if (current <= perMinute) return
      throw new BusinessError(ERRNO.TOO_MANY_REQUESTS, '调用过于频繁，请稍后再试', {
        retryAfterSeconds: Math.ceil(ttl / 1_000),
      })
    })
    app.addHook('onResponse', (request, _reply, done) => {
      const { service } = request
      if (service !== null) request.log.info({ service }, 'served another service')
      done()
    })
  },
  { name: 'service-guard' },
)

const serviceOf = ({ headers }: FastifyRequest, tokens: readonly ServiceToken[]) => {
  const text = headers[SERVICE_TOKEN_HEADER]
  return typeof text === 'string' ? findService(tokens, text) : null
}
