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
const MEETING = { title: 'thing1', time: 'time2', place: 'thing3' }
/** What the API sends; each kind with a template that the simulator knows. */
const TEMPLATES = {
  new_device: {
    id: 'new-device-template',
    title: '新设备登录提醒',
    fields: { device: 'thing1', time: 'time2', ip: 'character_string3' },
  },
  invited: { id: 'invited-template', title: '会议邀请通知', fields: MEETING },
  changed: { id: 'changed-template', title: '会议变更通知', fields: MEETING },
  cancelled: {
    id: 'cancelled-template',
    title: '会议取消通知',
    fields: { title: 'thing1', time: 'time2', reason: 'thing3' },
  },
  starting: { id: 'starting-template', title: '会议开始提醒', fields: MEETING },
  approval: {
    id: 'approval-template',
    title: '待审批提醒',
    fields: { title: 'thing1', time: 'time2', applicant: 'thing3' },
  },
  result: {
    id: 'result-template',
    title: '审批结果通知',
    fields: { title: 'thing1', time: 'time2', result: 'thing3' },
  },
  vote: { id: 'vote-template', title: '投票开始提醒', fields: { title: 'thing1', time: 'time2' } },
} as const
const WX_TEMPLATES = JSON.stringify(
  Object.fromEntries(
    Object.entries(TEMPLATES).map(([kind, { id, fields }]) => [kind, { id, fields }]),
  ),
)

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
  if ((env.WX_APPID && env.WX_SECRET) || env.WX_APPS) {
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
      WX_TEMPLATES,
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
      for (const { id: templateId, title, fields } of Object.values(TEMPLATES)) {
        const template = { appid, templateId, title, fields: Object.values(fields) }
        await simulator.control.addTemplate(template)
      }
    },
    close: () => close(),
  }
}
