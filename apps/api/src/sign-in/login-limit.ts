import type { onRequestAsyncHookHandler } from 'fastify'
import fp from 'fastify-plugin'
import { TEXTS } from '../errors/texts.ts'

declare module 'fastify' {
  interface FastifyInstance {
    limitLogin: onRequestAsyncHookHandler
  }
}

type Options = { perIp: number; total: number; windowMs: number }

/**
 * Adds `app.limitLogin`, which refuses sign-ins before any work is done for them: by address and,
 * for those that pass, all together.
 */
export default fp<Options>(
  async (app, { perIp, total, windowMs }) => {
    const kind = { name: 'login', windowMs, errmsg: TEXTS.TOO_MANY_REQUESTS.signIn }
    const byAddress = app.createLimit({ ...kind, of: 'address', max: perIp })
    const together = app.createLimit({ ...kind, of: 'all', max: total })
    app.decorate('limitLogin', async (request) => {
      await byAddress(request)
      await together(request)
    })
  },
  { name: 'login-limit', dependencies: ['rate-limits'] },
)
