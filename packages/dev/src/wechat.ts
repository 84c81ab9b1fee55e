import { freePortFrom } from './free-port.ts'

const DEFAULT_SIMULATOR_PORT = 3100
/** Known to the simulator alone: worth nothing anywhere else. */
const SIMULATED_APP = { appid: 'wx0a0a0a0a0a0a0a0a', secret: '0a'.repeat(16) }

/** The WeChat that the API is to talk to: the real one when credentials are set, else a simulator. */
export type WeChat = {
  /** What the API has to be told. */
  env: Record<string, string>
  simulatorUrl: string | null
  /** Resolves once it answers. */
  start(): Promise<void>
  close(): Promise<void>
}

/** Settles where WeChat will be; starts nothing yet. */
export const chooseWeChat = async (
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<WeChat> => {
  if (env.WX_APPID && env.WX_SECRET) {
    return { env: {}, simulatorUrl: null, start: async () => {}, close: async () => {} }
  }
  const port = await freePortFrom(
    'SIMULATOR_PORT',
    env.SIMULATOR_PORT ?? DEFAULT_SIMULATOR_PORT,
    say,
  )
  return simulatedWeChat(port)
}

const simulatedWeChat = (port: number): WeChat => {
  const url = `http://127.0.0.1:${port}`
  let close = async () => {}

  return {
    env: { WX_APPID: SIMULATED_APP.appid, WX_SECRET: SIMULATED_APP.secret, WX_API_BASE: url },
    simulatorUrl: url,
    async start() {
      // Loaded late, so that the API loads at the same time in its own process.
      const { startSimulator } = await import('@oa/wechat-simulator')
      const simulator = await startSimulator({
        port,
        apps: [SIMULATED_APP],
        acceptMockCodes: true,
        acceptNamedCodes: true,
      })
      close = () => simulator.close()
    },
    close: () => close(),
  }
}
