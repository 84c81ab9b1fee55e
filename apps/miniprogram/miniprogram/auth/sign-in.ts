import type { LoginByWeixinRequest, LoginByWeixinResult, Ok } from '@oa/contracts'
import { api } from '../config/api'
import { messages } from '../i18n/index'
import { actionFor } from '../net/errno-actions'
import { localFailure, toFailure } from '../net/failure'
import { exchange } from '../net/http'
import { withDeadline } from '../utils/promise'
import { deviceId, deviceName } from './device'
import { saveSession, sessionGeneration } from './session'

type SignedIn = Ok<LoginByWeixinResult>

const WX_LOGIN_MS = 6000

let flight: Promise<SignedIn> | undefined

/**
 * Signs in with WeChat and stores the session. Single flight: one sign-in is under way at a
 * time, and who asks meanwhile gets its result. `userInfo` counts for a person's first sign-in alone.
 */
export const signIn = (userInfo?: LoginByWeixinRequest['userInfo']): Promise<SignedIn> => {
  if (!flight) {
    flight = run(userInfo).finally(() => {
      flight = undefined
    })
  }

  return flight
}

const run = async (userInfo: LoginByWeixinRequest['userInfo']): Promise<SignedIn> => {
  const generation = sessionGeneration()
  const signedIn = await withFreshCode(userInfo).catch((cause: unknown) => {
    const failure = toFailure(cause)
    // A code lives five minutes and once; a lost answer may have used it up. One new code is enough.
    if (actionFor(failure) === 'useNewCode') return withFreshCode(userInfo)
    throw failure
  })
  // Whoever logs out while a sign-in is under way stays logged out.
  if (generation !== sessionGeneration()) throw localFailure(messages.errors.cancelled)
  saveSession(signedIn.data)

  return signedIn
}

const withFreshCode = async (userInfo: LoginByWeixinRequest['userInfo']): Promise<SignedIn> => {
  const [code, id] = await Promise.all([wxLogin(), deviceId()])
  const name = deviceName()
  const data: LoginByWeixinRequest = { code, deviceId: id }
  if (name) data.deviceName = name
  if (userInfo) data.userInfo = userInfo

  return exchange<LoginByWeixinResult>({ path: api.login, method: 'POST', data, token: undefined })
}

/** https://developers.weixin.qq.com/miniprogram/dev/api/open-api/login/wx.login.html */
const wxLogin = (): Promise<string> => {
  const failed = () => localFailure(messages.errors.wxLogin)

  return withDeadline<string>(WX_LOGIN_MS, failed, (resolve, reject) => {
    wx.login({
      timeout: WX_LOGIN_MS,
      success: ({ code }) => (code ? resolve(code) : reject(failed())),
      fail: () => reject(failed()),
    })
  })
}
