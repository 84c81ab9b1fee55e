import fp from 'fastify-plugin'
import type { Health } from './health.ts'

const EVERY_MS = 50

/**
 * Lets clients go while the server stops: answers ask them to close their connection, and those that
 * keep it are closed as soon as their last answer is out. Node itself closes only connections that
 * are idle at the moment when closing begins.
 */
export default fp<{ health: Health }>(
  async (app, { health }) => {
    let timer: NodeJS.Timeout | undefined
    app.addHook('onRequest', (_request, reply, done) => {
      if (health.isStopping()) reply.header('connection', 'close')
      done()
    })
    app.addHook('preClose', async () => {
      timer = setInterval(() => app.server.closeIdleConnections(), EVERY_MS)
    })
    app.addHook('onClose', async () => clearInterval(timer))
  },
  { name: 'drain' },
)
