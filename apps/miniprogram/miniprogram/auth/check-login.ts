import { api } from '../config/api'
import { request } from '../net/request'
import { mayBeClosed } from './closing'
import { readSession, saveUserInfo } from './session'
import { signIn } from './sign-in'

/**
 * Asks the server whether the session on this device is valid. A session that ended is renewed
 * silently; while the server cannot be reached, the stored session counts. Never rejects.
 * (`wx.checkSession` checks WeChat's session_key, not our session.)
 */
export const checkLogin = async (): Promise<boolean> => {
  const session = readSession()
  if (!session) return false
  try {
    if (isExpired(session.tokenExpire) && !mayBeClosed()) await signIn()
    const { data } = await request(api.authInfo, 'GET')
    saveUserInfo(data.userInfo)
  } catch {
    // The request forgot the session if it is over; any other failure leaves it as it is.
  }

  return readSession() !== undefined
}

const isExpired = (tokenExpire: string | undefined): boolean =>
  tokenExpire !== undefined && Date.parse(tokenExpire) <= Date.now()
