import { startSimulator } from '@oa/wechat-simulator'
import { freePortFrom } from './free-port.ts'

const DEFAULT_SIMULATOR_PORT = 3100
/** Known to the simulator alone: worth nothing anywhere else. */
const SIMULATED_APP = { appid: 'wx0a0a0a0a0a0a0a0a', secret: '0a'.repeat(16) }

/** The WeChat that the API is to talk to: the real one when credentials are set, else the simulator. */
export const startWeChat = async (env: NodeJS.ProcessEnv, say: (line: string) => void) => {
  if (env.WX_APPID && env.WX_SECRET) {
    return { env: {}, simulatorUrl: null, close: async () => {} }
  }
  const port = await freePortFrom(Number(env.SIMULATOR_PORT ?? DEFAULT_SIMULATOR_PORT), say)
  const simulator = await startSimulator({
    port,
    apps: [SIMULATED_APP],
    acceptMockCodes: true,
    acceptNamedCodes: true,
  })
  return {
    env: {
      WX_APPID: SIMULATED_APP.appid,
      WX_SECRET: SIMULATED_APP.secret,
      WX_API_BASE: simulator.url,
    },
    simulatorUrl: simulator.url,
    close: () => simulator.close(),
  }
}
