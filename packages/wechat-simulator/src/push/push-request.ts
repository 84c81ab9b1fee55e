import { randomBytes } from 'node:crypto'
import type { App } from '../platform/apps.ts'
import { encryptPush, signPush } from './push-crypto.ts'
import type { PushMessage } from './push-message.ts'
import { toXml } from './push-message.ts'
import type { PushTarget } from './push-target.ts'

/** One HTTP request of WeChat to a developer's server. */
export interface PushRequest {
  url: string
  headers: Record<string, string>
  body: string
}

/** The GET by which WeChat verifies a push address; the server must answer `echo`. */
export const toVerification = (target: PushTarget, now: number) => {
  const echo = String(randomBytes(6).readUIntBE(0, 6))

  return { url: withQuery(target, { ...signed(target, now), echostr: echo }), echo }
}

/** The POST of one message: plain, encrypted beside the plain text, or encrypted alone. */
export const toPushRequest = (
  { appid }: App,
  target: PushTarget,
  message: PushMessage,
  now: number,
): PushRequest => {
  const { format = 'xml', mode = 'plain', encodingAESKey, token } = target
  const serialize = format === 'json' ? JSON.stringify : toXml
  const query = { ...signed(target, now), ...openidOf(message) }
  const headers = { 'content-type': format === 'json' ? 'application/json' : 'text/xml' }
  if (mode === 'plain' || encodingAESKey === undefined) {
    return { url: withQuery(target, query), headers, body: serialize(message) }
  }

  const sealed = encryptPush(serialize(message), { encodingAESKey, appid })
  const shown = mode === 'compat' ? message : { ToUserName: message.ToUserName ?? '' }
  const msg_signature = signPush(token, query.timestamp, query.nonce, sealed)

  return {
    url: withQuery(target, { ...query, encrypt_type: 'aes', msg_signature }),
    headers,
    body: serialize({ ...shown, Encrypt: sealed }),
  }
}

const signed = ({ token }: PushTarget, now: number) => {
  const timestamp = String(Math.floor(now / 1000))
  const nonce = String(randomBytes(4).readUInt32BE())

  return { signature: signPush(token, timestamp, nonce), timestamp, nonce }
}

const openidOf = ({ FromUserName }: PushMessage): Record<string, string> =>
  typeof FromUserName === 'string' ? { openid: FromUserName } : {}

const withQuery = ({ url }: PushTarget, query: Record<string, string>) => {
  const target = new URL(url)
  for (const [key, value] of Object.entries(query)) target.searchParams.set(key, value)

  return target.href
}
