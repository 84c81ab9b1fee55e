import { createHmac } from 'node:crypto'
import type { Person } from '../platform/people.ts'
import type { SessionKey } from '../platform/session-keys.ts'
import { WeChatError } from '../platform/wechat-error.ts'
import type { AuthorizedCall } from './authorize.ts'
import { getWithToken, requirePerson } from './authorize.ts'

const RESET = '/wxa/resetusersessionkey'

/** Whether a session_key is valid. https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_checksessionkey */
export const checkSession = getWithToken('/wxa/checksession', (call) => {
  requireSignature(call, call.platform.settings.errcodes.checkedKeyGone)
  return { errcode: 0, errmsg: 'ok' }
})

/**
 * Replaces a session_key; the new one ends when the old one would have.
 * https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_resetusersessionkey
 */
export const resetUserSessionKey = getWithToken(RESET, (call) => {
  const { person } = requireSignature(call, 87007)
  const { appid } = call.app
  call.platform.quotas.countForPerson(RESET, appid, person.name)
  const key = call.platform.sessionKeys.reset(appid, person.name)

  return {
    errcode: 0,
    errmsg: 'ok',
    openid: call.request.query.openid,
    session_key: key?.value,
  }
})

/**
 * The person whose valid session_key signed the empty text; throws 40097, 40003, 87008, 87009 or,
 * when there is no such key, `keyGone`.
 */
export const requireSignature = (
  call: AuthorizedCall,
  keyGone: number,
): { person: Person; key: SessionKey } => {
  const { openid, signature, sig_method } = call.request.query
  if (!openid || !signature || !sig_method) throw new WeChatError(40097)
  const person = requirePerson(openid, call)
  if (sig_method !== 'hmac_sha256') throw new WeChatError(87008)
  const key = call.platform.sessionKeys.peek(call.app.appid, person.name)
  if (!key) throw new WeChatError(keyGone)

  // The key of the HMAC is the base64 text itself, not the bytes it stands for.
  const expected = createHmac('sha256', key.value).update('').digest('hex')
  if (signature !== expected) throw new WeChatError(87009)

  return { person, key }
}
