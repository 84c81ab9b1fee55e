import { ERRNO } from '@oa/contracts'
import fp from 'fastify-plugin'

/** Asked every few seconds; only an answer that something is wrong is worth a line. */
const PROBES = new Set(['/livez', '/readyz'])

/**
 * One line a request: the route's pattern, never its URL, body or headers. Those that are turned away
 * unseen have one line together, since writing is what a busy process has least time for.
 */
export default fp(
  async (app) => {
    app.addHook('onResponse', (request, reply, done) => {
      const isProbe = PROBES.has(request.routeOptions.url ?? '') && reply.statusCode < 400
      const isQuiet = isProbe || reply.errno === ERRNO.OVERLOADED
      request.log[isQuiet ? 'debug' : 'info'](
        {
          method: request.method,
          route: request.routeOptions.url ?? '(none)',
          status: reply.statusCode,
          errno: reply.errno,
          ms: Math.round(reply.elapsedTime * 10) / 10,
        },
        'request',
      )
      done()
    })
  },
  { name: 'request-log' },
)
