import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'

/** Constant, because every one of them costs each response. `/docs` brings its own policy. */
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/** The headers that keep an answer out of caches and browsers' hands, and the request's id. */
export const setConstantHeaders = ({ id }: FastifyRequest, reply: FastifyReply) =>
  reply.headers(HEADERS).header('x-request-id', id)

/** Adds them to every answer of a route, and to those of no route. */
export default fp(
  async (app) => {
    app.addHook('onRequest', (request, reply, done) => {
      setConstantHeaders(request, reply)
      done()
    })
  },
  { name: 'security-headers' },
)
