import { createPublicKey } from 'node:crypto'
import { appidOfToken } from '../endpoints/authorize.ts'
import type { WeChatRequest } from '../endpoints/endpoint.ts'
import type { App } from '../platform/apps.ts'
import type { Platform } from '../platform/platform.ts'
import { WeChatError } from '../platform/wechat-error.ts'
import { isPicture, isSealable } from './api-security.ts'
import type { Binding, SymmetricKey } from './envelope.ts'
import { isSignatureOf, openFields } from './envelope.ts'

/** A sealed call that was verified, and what is needed to answer it. */
export interface OpenedCall {
  /** As the endpoint sees it: the fields are its query and its body. */
  readonly request: WeChatRequest
  readonly binding: Binding
  readonly symmetricKey: SymmetricKey
}

/**
 * Verifies and decrypts a sealed call; undefined when a call came plain and may. Throws what WeChat
 * answers in the clear: 40230 to 40240, or the errcode of a bad access_token.
 */
export const openCall = (
  path: string,
  request: WeChatRequest,
  platform: Platform,
): OpenedCall | undefined => {
  const seal = readSeal(request)
  const isSealed = Object.values(seal).some((header) => header !== '')
  if (isSealed && isPicture(path))
    throw new WeChatError(40235, 'how to seal a picture is not known')
  if (!isSealable(path)) return undefined
  if (isSealed) return open(path, request, seal, platform)
  const { apiSecurity } = findApp(request, platform)
  if (apiSecurity?.paths?.[path] !== 'required') return undefined

  throw new WeChatError(platform.settings.errcodes.unsealedCall)
}

type Seal = Record<'appid' | 'timestamp' | 'signature' | 'serial', string>

const readSeal = ({ headers }: WeChatRequest): Seal => ({
  appid: String(headers['wechatmp-appid'] ?? ''),
  timestamp: String(headers['wechatmp-timestamp'] ?? ''),
  signature: String(headers['wechatmp-signature'] ?? ''),
  serial: String(headers['wechatmp-serial'] ?? ''),
})

const findApp = (request: WeChatRequest, platform: Platform): App => {
  const app = platform.apps.get(appidOfToken(request, platform))
  if (!app) throw new WeChatError(40001)
  request.appid = app.appid

  return app
}

// WeChat's order of checks is known for two pairs only: 40237 before 40238, 40234 before 40235.
const open = (path: string, request: WeChatRequest, seal: Seal, platform: Platform): OpenedCall => {
  const { apps, settings, nonces } = platform
  request.sealed = true
  const app = findApp(request, platform)
  requireHeaders(seal, settings.sealing.requireSerial)
  if (!apps.get(seal.appid)) throw new WeChatError(40236)
  if (seal.appid !== app.appid) throw new WeChatError(40237)
  const { symmetricKey, publicKey } = keysOf(app)
  requireFresh(seal.timestamp, platform)
  const binding = { ...seal, url: settings.sealing.origin + path }
  const body = request.body.toString()
  if (!isSignatureOf(body, binding, publicKey, seal.signature)) throw new WeChatError(40234)
  const opened = openFields(body, binding, symmetricKey)
  if (!opened) throw new WeChatError(40235)
  if (!nonces.use(app.appid, opened.nonce, settings.sealing.nonceWindowMs)) {
    throw new WeChatError(settings.errcodes.replayedNonce)
  }

  return { request: toPlainRequest(request, opened.fields), binding, symmetricKey }
}

const requireHeaders = ({ appid, timestamp, signature, serial }: Seal, requireSerial: boolean) => {
  if (requireSerial && serial === '') throw new WeChatError(40230)
  if (timestamp === '') throw new WeChatError(40231)
  if (signature === '') throw new WeChatError(40232)
  if (appid === '') throw new WeChatError(40233)
}

const keysOf = ({ apiSecurity: { symmetricKey, publicKey } = {} }: App) => {
  if (!symmetricKey) throw new WeChatError(40238)
  if (!publicKey) throw new WeChatError(40239)

  return {
    symmetricKey: { sn: symmetricKey.sn, key: Buffer.from(symmetricKey.key, 'base64') },
    publicKey: createPublicKey(publicKey.key),
  }
}

const requireFresh = (timestamp: string, { clock, settings }: Platform) => {
  const { maxAgeMs } = settings.sealing
  const age = Math.abs(clock.now() - Number(timestamp) * 1000)
  if (!/^\d+$/.test(timestamp) || (maxAgeMs > 0 && age > maxAgeMs)) throw new WeChatError(40240)
}

/** Only sealed fields count, and the access_token, which is never sealed. */
const toPlainRequest = (
  request: WeChatRequest,
  fields: Readonly<Record<string, unknown>>,
): WeChatRequest => {
  const texts = Object.entries(fields)
    .filter(([, value]) => typeof value === 'string' || typeof value === 'number')
    .map(([name, value]) => [name, String(value)])
  const { access_token = '' } = request.query

  return {
    ...request,
    query: { ...Object.fromEntries(texts), access_token },
    body: Buffer.from(JSON.stringify(fields)),
  }
}
