import { errorCodes } from 'fastify'
import fp from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyInstance {
    /** How many requests have neither an answer nor lost their client, and still have time. */
    underWay(): number
  }
}

/**
 * Fails a request that has no answer after `ms`. Fastify's own `handlerTimeout` promises the same and
 * makes an AbortController for each request, which it aborts when all went well: that costs more than
 * parsing the request.
 */
export default fp<{ ms: number }>(
  async (app, { ms }) => {
    let underWay = 0
    app.decorate('underWay', () => underWay)
    app.addHook('onRequest', (request, reply, done) => {
      let isOver = false
      const end = () => {
        if (isOver) return
        isOver = true
        underWay -= 1
        clearTimeout(timer)
      }
      underWay += 1
      const timer = setTimeout(() => {
        // Of a pipelined request whose client is gone, nothing else tells.
        end()
        if (reply.sent) return
        const error = new errorCodes.FST_ERR_HANDLER_TIMEOUT(ms, request.routeOptions.url)
        // Half an answer cannot be turned into an error.
        if (reply.raw.headersSent) reply.raw.destroy(error)
        else reply.send(error)
      }, ms)
      // Also when the client goes away.
      reply.raw.once('close', end)
      done()
    })
  },
  { name: 'handler-timeout' },
)
