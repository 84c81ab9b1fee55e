import type { ApiSecurityKeys } from '@oa/wechat-simulator/wire-format'
import { openAnswer, sealCall } from '@oa/wechat-simulator/wire-format'
import type { Step } from './conformance-case.ts'

export interface StepAnswer {
  status: number
  contentType: string | null
  /** It came signed and encrypted, and was verified and decrypted. */
  sealed: boolean
  /** Parsed JSON, or the first 100 characters of any other text. */
  body: unknown
}

/** The app and the keys that sealed steps are signed and encrypted with. */
export interface Sealer {
  appid: string
  keys: ApiSecurityKeys
}

const TIMEOUT_MS = 10_000

/** Sends a step whose values are filled in; resolves to a text when its answer cannot be opened. */
export const sendStep = async (
  step: Step,
  baseUrl: string,
  sealer: Sealer | undefined,
): Promise<StepAnswer | string> => {
  const { query, ...init } = step.sealed && sealer ? toSealed(step, sealer) : toPlain(step)
  const response = await fetch(`${baseUrl}${step.path}?${new URLSearchParams(query)}`, {
    method: step.method,
    signal: AbortSignal.timeout(TIMEOUT_MS),
    redirect: 'manual',
    ...init,
  })
  const text = await response.text()
  const answer = { status: response.status, contentType: response.headers.get('content-type') }
  if (!sealer || !response.headers.has('wechatmp-signature')) {
    return { ...answer, sealed: false, body: parse(text) }
  }
  const target = { appid: sealer.appid, path: step.path }
  const opened = openAnswer(sealer.keys, target, response.headers, text)

  return 'problem' in opened ? opened.problem : { ...answer, sealed: true, body: opened.fields }
}

const toPlain = ({ query = {}, json, text, headers = {} }: Step) => {
  const body = json === undefined ? text : JSON.stringify(json)

  return { query, headers, ...(body === undefined ? {} : { body }) }
}

/** Everything but the access_token is encrypted. */
const toSealed = ({ path, query = {}, json, sealed }: Step, { appid, keys }: Sealer) => {
  const { access_token = '', ...fields } = query
  const flaw = sealed === true ? undefined : sealed
  const whole = { ...fields, ...(json as object | undefined) }

  return { query: { access_token }, ...sealCall(keys, { appid, path }, whole, flaw) }
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text.slice(0, 100)
  }
}
