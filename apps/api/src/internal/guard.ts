import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify'
import fp from 'fastify-plugin'
import type { ServiceToken } from '../config/service-tokens.ts'
import { serviceTokenInvalid, tooManyRequests } from '../errors/business-error.ts'
import { TEXTS } from '../errors/texts.ts'
import { callerOf } from '../http/caller.ts'
import type { Counter } from '../infra/shared-state/counter.ts'
import { findService } from './find-service.ts'
import type { InternalService } from './service.ts'

declare module 'fastify' {
  interface FastifyInstance {
    requireService: onRequestAsyncHookHandler
  }
  interface FastifyRequest {
    /** The name of the company's service that calls; null on every other route. */
    service: string | null
  }
}

export const SERVICE_TOKEN_HEADER = 'x-oa-service-token'

const WINDOW_MS = 60_000
/** Wrong tokens that are recorded a minute, per address and in all; beyond that the request log alone tells. */
const WRONG_PER_ADDRESS = 10
const WRONG_TOGETHER = 100

type Options = {
  tokens: readonly ServiceToken[]
  perMinute: number
  counter: Counter
  internal: Pick<InternalService, 'recordRefusal'>
}

/**
 * Adds `app.requireService`, the guard for internal routes: it reads `X-OA-Service-Token`, answers
 * UNLOGIN to a wrong token, and TOO_MANY_REQUESTS to an address that sends many wrong ones or to a
 * service beyond its quota. A valid token passes even while its address is limited: tokens are too
 * long to be guessed, and guessing must not shut a service out.
 */
export default fp<Options>(
  async (app, { tokens, perMinute, counter, internal }) => {
    const kind = {
      name: 'service-token',
      windowMs: WINDOW_MS,
      errmsg: TEXTS.TOO_MANY_REQUESTS.service,
    }
    const byAddress = app.createLimit({ ...kind, of: 'address', max: WRONG_PER_ADDRESS })
    const together = app.createLimit({ ...kind, of: 'all', max: WRONG_TOGETHER })
    const refuse = async (request: FastifyRequest) => {
      await byAddress(request)
      await together(request)
      const { ip, method, routeOptions } = request
      const route = routeOptions.url ?? ''
      request.log.warn({ ip, method, route }, 'a service token was refused')
      await internal.recordRefusal(callerOf(request), `${method} ${route}`)
      throw serviceTokenInvalid()
    }
    app.decorateRequest('service', null)
    app.decorate('requireService', async (request) => {
      const service = serviceOf(request, tokens)
      if (service === null) return refuse(request)
      request.service = service
      const { current, ttl } = await counter.increment(`service:${service}`, WINDOW_MS)
      if (current > perMinute) throw tooManyRequests('service', ttl)
    })
    app.addHook('onResponse', (request, _reply, done) => {
      const { service } = request
      if (typeof service === 'string') request.log.info({ service }, 'served another service')
      done()
    })
  },
  { name: 'service-guard', dependencies: ['rate-limits'] },
)

const serviceOf = ({ headers }: FastifyRequest, tokens: readonly ServiceToken[]) => {
  const text = headers[SERVICE_TOKEN_HEADER]
  return typeof text === 'string' ? findService(tokens, text) : null
}
