import { errorCodes } from 'fastify'
import fp from 'fastify-plugin'

/**
 * Fails a request that has no answer after `ms`. Fastify's own `handlerTimeout` promises the same and
 * makes an AbortController for each request, which it aborts when all went well: that costs more than
 * parsing the request.
 */
export default fp<{ ms: number }>(
  async (app, { ms }) => {
    app.addHook('onRequest', (request, reply, done) => {
      const timer = setTimeout(() => {
        if (reply.sent) return
        const error = new errorCodes.FST_ERR_HANDLER_TIMEOUT(ms, request.routeOptions.url)
        // Half an answer cannot be turned into an error.
        if (reply.raw.headersSent) reply.raw.destroy(error)
        else reply.send(error)
      }, ms)
      // Also when the client goes away.
      reply.raw.once('close', () => clearTimeout(timer))
      done()
    })
  },
  { name: 'handler-timeout' },
)
