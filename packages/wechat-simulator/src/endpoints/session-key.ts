import { createHmac } from 'node:crypto'
import type { Person } from '../platform/people.ts'
import type { SessionKey } from '../platform/session-keys.ts'
import { WeChatError } from '../platform/wechat-error.ts'
import type { AuthorizedCall } from './authorize.ts'
import { getWithToken, requirePerson } from './authorize.ts'

/** Whether a session_key is valid. https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_checksessionkey */
export const checkSession = getWithToken('/wxa/checksession', (call) => {
  requireSignature(call)
  return { errcode: 0, errmsg: 'ok' }
})

/** Replaces a session_key; the new one ends when the old one would have. */
export const resetUserSessionKey = getWithToken('/wxa/resetusersessionkey', (call) => {
  const { person } = requireSignature(call)
  const key = call.platform.sessionKeys.reset(call.app.appid, person.name)

  return {
    errcode: 0,
    errmsg: 'ok',
    openid: call.request.query.openid,
    session_key: key?.value,
  }
})

/** The person whose valid session_key signed the empty text; throws 40003, 87007, 87008 or 87009. */
export const requireSignature = (call: AuthorizedCall): { person: Person; key: SessionKey } => {
  const { openid, signature, sig_method } = call.request.query
  const person = requirePerson(openid, call)
  if (sig_method !== 'hmac_sha256') throw new WeChatError(87008)
  const key = call.platform.sessionKeys.peek(call.app.appid, person.name)
  if (!key) throw new WeChatError(87007)

  // The key of the HMAC is the base64 text itself, not the bytes it stands for.
  const expected = createHmac('sha256', key.value).update('').digest('hex')
  if (signature !== expected) throw new WeChatError(87009)

  return { person, key }
}
