import fp from 'fastify-plugin'

/** Constant, because every one of them costs each response. `/docs` brings its own policy. */
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/** Adds the headers that keep answers out of caches and browsers' hands, and the request's id. */
export default fp(
  async (app) => {
    app.addHook('onRequest', async (request, reply) => {
      reply.headers(HEADERS).header('x-request-id', request.id)
    })
  },
  { name: 'security-headers' },
)
