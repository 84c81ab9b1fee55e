import fp from 'fastify-plugin'
import type { Meter } from '../infra/metrics/meter.ts'

/** Measures every request, by its route's pattern; what no route serves shares one. */
export default fp<{ meter: Meter }>(
  async (app, { meter }) => {
    app.addHook('onResponse', (request, reply, done) => {
      const route = request.routeOptions.url
      meter.request({
        // A made-up method would make a series of its own.
        method: route === undefined ? '(any)' : request.method,
        route: route ?? '(none)',
        status: reply.statusCode,
        errno: reply.errno,
        seconds: reply.elapsedTime / 1_000,
      })
      done()
    })
  },
  { name: 'request-metrics', dependencies: ['error-replies'] },
)
