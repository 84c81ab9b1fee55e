import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ERRNO } from '@oa/contracts'
import { Type } from 'typebox'
import type { Health } from './health.ts'

const Check = Type.String({ examples: ['up', 'down', 'off', 'misconfigured'] })
const Live = Type.Object({ errno: Type.Integer(), errmsg: Type.String() })
const Ready = Type.Object({
  errno: Type.Integer(),
  errmsg: Type.String({ examples: ['ok', 'degraded', 'down', 'stopping'] }),
  checks: Type.Object({ database: Check, redis: Check, wechat: Check }),
})

/** For supervisors and load balancers: `/livez` says that the process turns, `/readyz` what works. */
export const healthRoutes: FastifyPluginAsyncTypebox<{ health: Health }> = async (
  app,
  { health },
) => {
  app.get(
    '/livez',
    {
      config: { shed: 'never' },
      schema: { tags: ['health'], summary: 'Is the process alive', response: { 200: Live } },
    },
    async () => ({ errno: ERRNO.OK, errmsg: 'ok' }),
  )
  app.get(
    '/readyz',
    {
      config: { shed: 'never' },
      schema: {
        tags: ['health'],
        summary: 'Can it serve, and what of it',
        response: { 200: Ready, 503: Ready },
      },
    },
    async (_request, reply) => {
      const { ready, state, checks } = await health.check()
      reply.errno = ready ? ERRNO.OK : ERRNO.UNAVAILABLE
      return reply.code(ready ? 200 : 503).send({ errno: reply.errno, errmsg: state, checks })
    },
  )
}
