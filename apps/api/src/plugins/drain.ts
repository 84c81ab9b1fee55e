import fp from 'fastify-plugin'

const EVERY_MS = 50

/**
 * While the server closes, connections that kept alive for a next request are closed as soon as
 * their last answer is out; Node itself closes only those that are idle when closing begins.
 */
export default fp(
  async (app) => {
    let timer: NodeJS.Timeout | undefined
    app.addHook('preClose', async () => {
      timer = setInterval(() => app.server.closeIdleConnections(), EVERY_MS)
    })
    app.addHook('onClose', async () => clearInterval(timer))
  },
  { name: 'drain' },
)
