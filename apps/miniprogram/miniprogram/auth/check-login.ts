import { api } from '../config/api'
import { request } from '../net/request'
import { mayBeClosed } from './closing'
import { isExpired, readSession, saveUserInfo } from './session'
import { signIn } from './sign-in'

/**
 * Asks the server whether the session on this device is valid. A session that ended is renewed
 * silently; while the server cannot be reached, the stored session counts. Never rejects.
 * (`wx.checkSession` checks WeChat's session_key, not our session.)
 */
export const checkLogin = (): Promise<boolean> => {
  if (!running) {
    running = check().finally(() => {
      running = undefined
    })
  }

  return running
}

/** Waits for that check where the token is known to be over: it would be sent in vain. */
export const whenChecked = async (): Promise<void> => {
  const session = readSession()
  if (session !== undefined && isExpired(session)) await running
}

let running: Promise<boolean> | undefined

const check = async (): Promise<boolean> => {
  const session = readSession()
  if (!session) return false
  try {
    if (isExpired(session) && !mayBeClosed()) await signIn()
    const { data } = await request(api.authInfo, 'GET')
    saveUserInfo(data.userInfo)
  } catch {
    // The request forgot the session if it is over; any other failure leaves it as it is.
  }

  return readSession() !== undefined
}
