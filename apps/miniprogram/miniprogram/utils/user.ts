import type {
  BindPhoneRequest,
  BindPhoneResult,
  LoginByWeixinRequest,
  LoginByWeixinResult,
  Ok,
  SessionInfo,
  UserIndexResult,
} from '@oa/contracts'
import { mayBeClosed } from '../auth/closing'
import { forgetSession, readSession, saveUserInfo } from '../auth/session'
import { signIn } from '../auth/sign-in'
import { api } from '../config/api'
import { SESSION_ENDED, UNLOGIN } from '../net/errno'
import { toFailure } from '../net/failure'
import { exchange } from '../net/http'
import { request } from '../net/request'

/** Signs in with WeChat. `userInfo` is what a person says of himself; it counts once, at the first time. */
export const loginByWeixin = (
  userInfo?: LoginByWeixinRequest['userInfo'],
): Promise<Ok<LoginByWeixinResult>> => signIn(userInfo)

/**
 * Whether somebody is signed in here, as far as can be known now. Only the server knows for sure:
 * an ended session is renewed unseen, an unreachable server leaves things as they are. Never rejects.
 * (`wx.checkSession` speaks of WeChat's key, not of our session.)
 */
export const checkLogin = async (): Promise<boolean> => {
  const session = readSession()
  if (!session) return false
  try {
    if (isOver(session.tokenExpire) && !mayBeClosed()) await signIn()
    const { data } = await request(api.authInfo, 'GET')
    saveUserInfo(data.userInfo)
  } catch {
    // What to do about it is in the session already: it is there, or it was given up.
  }

  return readSession() !== undefined
}

/**
 * Signs out here, whatever happens. Rejects when the server could not be told; the session then
 * lives there until it ends by itself or is ended from another device.
 */
export const logout = async (): Promise<void> => {
  const token = readSession()?.token
  forgetSession()
  if (!token) return
  try {
    // Not by `request`: an ended session must not be renewed in order to end it.
    await exchange({ path: api.logout, method: 'POST', data: undefined, token })
  } catch (cause) {
    const failure = toFailure(cause)
    if (failure.errno !== UNLOGIN && failure.errno !== SESSION_ENDED) throw failure
  }
}

/** Ends the person's sessions on every device. Rejects, and changes nothing here, when it did not happen. */
export const logoutAll = async (): Promise<number> => {
  const { data } = await request(api.logoutAll, 'POST')
  forgetSession()

  return data.ended
}

/** What the personal centre shows; the profile is kept for the next start. */
export const loadProfile = async (): Promise<UserIndexResult> => {
  const { data } = await request(api.userIndex, 'GET')
  saveUserInfo(data.userInfo)

  return data
}

/** Where the person is signed in, this device included. */
export const loadSessions = async (): Promise<SessionInfo[]> =>
  (await request(api.sessions, 'GET')).data.sessions

/** Ends one session on another device. */
export const endSession = async (id: string): Promise<void> => {
  await request(api.session, 'DELETE', { params: { id } })
}

/**
 * Binds the number that WeChat vouches for. A session that is too old a proof is renewed unseen, and
 * the same code sent again: the API looks at the session before it spends the code.
 */
export const bindPhone = async (data: BindPhoneRequest): Promise<BindPhoneResult> =>
  (await request(api.bindPhone, 'POST', { data })).data

const isOver = (tokenExpire: string | undefined): boolean =>
  tokenExpire !== undefined && Date.parse(tokenExpire) <= Date.now()
