import { freePortFrom } from './free-port.ts'

const DEFAULT_SIMULATOR_PORT = 3100
/** Known to the simulator alone: worth nothing anywhere else. */
const SIMULATED_APP = { appid: 'wx0a0a0a0a0a0a0a0a', secret: '0a'.repeat(16) }
/** Who can hold the phone. The numbers are nobody's. */
const PEOPLE = [
  { name: 'alice', phone: '15612345677' },
  { name: 'bob', phone: '13800000001' },
] as const
const [FIRST_PERSON] = PEOPLE

/** Whose phone it is, and where its WeChat answers. */
export type SimulatedPhone = { url: string; appid: string; person: string }

/** The WeChat that the API is to talk to: the real one when credentials are set, else a simulator. */
export type WeChat = {
  /** What the API has to be told. */
  env: Record<string, string>
  /** Null with the real WeChat, whose phones are not here. */
  phone: SimulatedPhone | null
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
    return { env: {}, phone: null, start: async () => {}, close: async () => {} }
  }
  const port = await freePortFrom(
    'SIMULATOR_PORT',
    env.SIMULATOR_PORT ?? DEFAULT_SIMULATOR_PORT,
    say,
  )
  return simulatedWeChat(port)
}

const simulatedWeChat = (port: number): WeChat => {
  const { appid, secret } = SIMULATED_APP
  const url = `http://127.0.0.1:${port}`
  let close = async () => {}

  return {
    env: { WX_APPID: appid, WX_SECRET: secret, WX_API_BASE: url },
    phone: { url, appid, person: FIRST_PERSON.name },
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
      for (const person of PEOPLE) await simulator.control.createPerson(person)
    },
    close: () => close(),
  }
}
