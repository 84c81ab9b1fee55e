import { withDeadline } from '../utils/promise'
import { mayBeClosed } from './closing'
import { readSession } from './session'
import { signIn } from './sign-in'

const CHECK_MS = 3000

/**
 * When WeChat's session_key of a signed-in user is dead, gets a new one by one silent sign-in. A guest
 * is never signed in, nor a user whose account may be closed. Never rejects: the session goes on
 * without the key, which only encrypted data needs.
 * https://developers.weixin.qq.com/miniprogram/dev/api/open-api/login/wx.checkSession.html
 */
export const renewDeadKey = async (): Promise<void> => {
  if (!mayRenew() || (await isKeyAlive()) || !mayRenew()) return
  await signIn().catch(() => undefined)
}

const mayRenew = (): boolean => readSession() !== undefined && !mayBeClosed()

/** Only a clear no counts: no answer at all says nothing about the key. */
const isKeyAlive = (): Promise<boolean> =>
  withDeadline<boolean>(CHECK_MS, Error, (resolve) => {
    wx.checkSession({ success: () => resolve(true), fail: () => resolve(false) })
  }).catch(() => true)
