import type { LoginByWeixinRequest, LoginByWeixinResult, Ok } from '@oa/contracts'
import { api } from '../config/api'
import { messages } from '../i18n/index'
import { actionFor } from '../net/errno-actions'
import { localFailure, toFailure } from '../net/failure'
import { exchange } from '../net/http'
import { withDeadline } from '../utils/promise'
import { agreedVersion } from './agreement'
import { deviceId, deviceName } from './device'
import { forgetInvitation, invitation } from './invitation'
import { saveSession, sessionGeneration } from './session'

type SignedIn = Ok<LoginByWeixinResult>

/** What every way of signing in sends. */
export type Entry = Omit<LoginByWeixinRequest, 'userInfo'>

const WX_LOGIN_MS = 6000

let inFlight: Promise<SignedIn> | undefined

/**
 * Signs in with WeChat and stores the session. Single flight: calls during a sign-in share its
 * result. The server uses `userInfo` only at a user's first sign-in.
 */
export const signIn = (userInfo?: LoginByWeixinRequest['userInfo']): Promise<SignedIn> => {
  if (!inFlight) {
    inFlight = signInWith((entry) => post(entry, userInfo)).finally(() => {
      inFlight = undefined
    })
  }

  return inFlight
}

const post = (entry: Entry, userInfo: LoginByWeixinRequest['userInfo']): Promise<SignedIn> => {
  const data: LoginByWeixinRequest = entry
  if (userInfo) data.userInfo = userInfo

  return exchange<LoginByWeixinResult>({ path: api.login, method: 'POST', data, token: undefined })
}

/**
 * Signs in by `send`, and once more with a new code when the server refuses the first one, which is
 * `code` if it is given. Stores the session.
 */
export const signInWith = async <T extends LoginByWeixinResult>(
  send: (entry: Entry) => Promise<Ok<T>>,
  code?: string,
): Promise<Ok<T>> => {
  const generation = sessionGeneration()
  const signedIn = await entryFor(code)
    .then(send)
    .catch(async (cause: unknown) => {
      const failure = toFailure(cause)
      // A code is valid once, for five minutes, and a lost response may have spent it.
      if (actionFor(failure) === 'useNewCode') return send(await entryFor())
      throw failure
    })
  // A user who logs out during a sign-in stays logged out.
  if (generation !== sessionGeneration()) throw localFailure(messages.errors.cancelled)
  saveSession(signedIn.data)
  forgetInvitation()

  return signedIn
}

const entryFor = async (known?: string): Promise<Entry> => {
  const [code, id] = await Promise.all([known ?? loginCode(), deviceId()])
  const name = deviceName()
  const shareId = invitation()
  const agreement = agreedVersion()
  const entry: Entry = { code, deviceId: id }
  if (name) entry.deviceName = name
  if (shareId) entry.shareId = shareId
  if (agreement) entry.agreement = agreement

  return entry
}

/** https://developers.weixin.qq.com/miniprogram/dev/api/open-api/login/wx.login.html */
export const loginCode = (): Promise<string> => {
  const failed = () => localFailure(messages.errors.wxLogin)

  return withDeadline<string>(WX_LOGIN_MS, failed, (resolve, reject) => {
    wx.login({
      timeout: WX_LOGIN_MS,
      success: ({ code }) => (code ? resolve(code) : reject(failed())),
      fail: () => reject(failed()),
    })
  })
}
