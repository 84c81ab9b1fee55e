import type { ApiSecurityKeys, SealFlaw } from '../src/api-security/sealed-call.ts'
import { openAnswer, sealCall } from '../src/api-security/sealed-call.ts'
import type { Simulator, SimulatorOptions } from '../src/index.ts'
import { setUpApiSecurity } from '../src/index.ts'
import { APP, createApi, useSimulator } from './support.ts'

export const RISK = '/wxa/getuserriskrank'

const { appid } = APP
const start = useSimulator

/** Starts simulators with API安全 set up and a person whose openid is oAlice. */
export const useSealedSimulator = () => {
  const startOne = start()

  return async (options: SimulatorOptions = {}) => {
    const simulator = await startOne(options)
    await simulator.control.createPerson({ name: 'alice', appid, openid: 'oAlice', riskRank: 2 })
    await simulator.control.login({ appid, person: 'alice' })
    const keys = await setUpApiSecurity(simulator.control, appid)

    return { ...simulator, ...(await createSealedApi(simulator, keys)), keys }
  }
}

type SealedCall = ReturnType<typeof sealCall>
type Answer = Record<string, unknown>

/** Sends sealed calls; resolves to the fields of a sealed answer and `sealed`, or a plain answer. */
export const createSealedApi = async (simulator: Simulator, keys: ApiSecurityKeys) => {
  const api = await createApi(simulator)
  const seal = (path: string, fields: object, flaw?: SealFlaw) =>
    sealCall(keys, { appid, path }, fields, flaw)
  const send = async (path: string, call: SealedCall, query?: Record<string, string>) => {
    const response = await api.raw(path, { method: 'POST', ...call }, query)
    const text = await response.text()
    if (!response.headers.has('wechatmp-signature')) return JSON.parse(text) as Answer
    const opened = openAnswer(keys, { appid, path }, response.headers, text)
    return 'fields' in opened ? { sealed: true, ...opened.fields } : { problem: opened.problem }
  }
  /** getuserriskrank of alice. */
  const askRisk = (flaw?: SealFlaw, change: object = {}) =>
    send(RISK, seal(RISK, { ...RISK_FIELDS, ...change }, flaw))

  return { ...api, seal, send, askRisk }
}

export const RISK_FIELDS = { appid, openid: 'oAlice', scene: 0, client_ip: '203.0.113.9' }
