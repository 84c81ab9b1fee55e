import type { FastifyInstance } from 'fastify'
import Fastify from 'fastify'
import type { Control } from './control/client.ts'
import { createControl } from './control/client.ts'
import { controlRoutes } from './control/routes.ts'
import { wechatGateway } from './gateway.ts'
import type { PlatformOptions } from './platform/platform.ts'
import { createWorld } from './world.ts'

export interface SimulatorOptions extends PlatformOptions {
  /** 0, the default, takes a free port. */
  port?: number
}

export interface Simulator {
  /** `http://127.0.0.1:<port>`: use it in place of https://api.weixin.qq.com. */
  readonly url: string
  readonly control: Control
  /** Ends every connection, also of calls that were left without an answer. */
  close: () => Promise<void>
}

/** Starts a simulated WeChat on loopback; rejects when the port is taken. */
export const startSimulator = async (options: SimulatorOptions = {}): Promise<Simulator> => {
  const { port = 0, ...platformOptions } = options
  const app = createServer(platformOptions)
  const url = await app.listen({ host: '127.0.0.1', port })

  return { url, control: createControl(url), close: () => app.close() }
}

const createServer = (options: PlatformOptions): FastifyInstance => {
  const world = createWorld(options)
  const app = Fastify({
    logger: false,
    forceCloseConnections: true,
    bodyLimit: 12 * 1024 * 1024,
  })
  app.register(controlRoutes(world), { prefix: '/_control' })
  app.register(wechatGateway(world))
  app.addHook('onClose', async () => world.platform.pushes.close())

  return app
}
