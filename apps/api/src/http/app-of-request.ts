import { ERRNO } from '@oa/contracts'
import fp from 'fastify-plugin'
import { BusinessError } from '../errors/business-error.ts'
import { TEXTS } from '../errors/texts.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The mini-program that the request names, else the first that is configured. */
    appId: string
  }
}

export const APP_HEADER = 'x-oa-appid'

/** Adds `request.appId`. A mini-program that is not configured is refused with BAD_VALUE. */
export default fp<{ appIds: readonly [string, ...string[]] }>(
  async (app, { appIds }) => {
    app.decorateRequest('appId', appIds[0])
    app.addHook('onRequest', (request, _reply, done) => {
      const named = request.headers[APP_HEADER]
      if (named === undefined) return done()
      if (typeof named !== 'string' || !appIds.includes(named)) {
        return done(new BusinessError(ERRNO.BAD_VALUE, TEXTS.BAD_VALUE.app))
      }
      request.appId = named
      done()
    })
  },
  { name: 'app-of-request' },
)
