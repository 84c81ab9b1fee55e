import { randomBytes } from 'node:crypto'
import { freePortFrom } from './free-port.ts'

const DEFAULT_SIMULATOR_PORT = 3100
/** Credentials that are valid only at the simulator. */
const SIMULATED_APP = { appid: 'wx0a0a0a0a0a0a0a0a', secret: '0a'.repeat(16) }
/** The users of the preview. Their phone numbers are fictitious. */
const PEOPLE = [
  { name: 'alice', phone: '15612345677' },
  { name: 'bob', phone: '13800000001' },
] as const
const [FIRST_PERSON] = PEOPLE

/** The simulator behind the preview: its URL, the mini-program's appid, the first user. */
export type SimulatedPhone = { url: string; appid: string; person: string }

/** The WeChat that the API uses: the real one when credentials are set, else a simulator. */
export type WeChat = {
  /** Environment variables for the API. */
  env: Record<string, string>
  /** Null with the real WeChat, which the preview cannot use. */
  phone: SimulatedPhone | null
  /** Resolves once it accepts requests. */
  start(apiUrl: string): Promise<void>
  close(): Promise<void>
}

/** Chooses WeChat's address without starting anything. */
export const chooseWeChat = async (
  env: NodeJS.ProcessEnv,
  print: (line: string) => void,
): Promise<WeChat> => {
  if (env.WX_APPID && env.WX_SECRET) {
    return { env: {}, phone: null, start: async () => {}, close: async () => {} }
  }
  const port = await freePortFrom(
    'SIMULATOR_PORT',
    env.SIMULATOR_PORT ?? DEFAULT_SIMULATOR_PORT,
    print,
  )
  return simulatedWeChat(port)
}

const simulatedWeChat = (port: number): WeChat => {
  const { appid, secret } = SIMULATED_APP
  const url = `http://127.0.0.1:${port}`
  const pushToken = randomBytes(16).toString('hex')
  let close = async () => {}

  return {
    env: {
      WX_APPID: appid,
      WX_SECRET: secret,
      WX_API_BASE: url,
      WX_PUSH_TOKEN: pushToken,
      WX_PUSH_AES_KEY: '',
    },
    phone: { url, appid, person: FIRST_PERSON.name },
    async start(apiUrl) {
      // Loaded on demand, while the API loads in its own process.
      const { startSimulator } = await import('@oa/wechat-simulator')
      const simulator = await startSimulator({
        port,
        apps: [{ ...SIMULATED_APP, push: { url: `${apiUrl}/wx/push`, token: pushToken } }],
        acceptMockCodes: true,
        acceptNamedCodes: true,
      })
      close = () => simulator.close()
      for (const person of PEOPLE) await simulator.control.createPerson(person)
    },
    close: () => close(),
  }
}
