import { api } from '../config/api'
import { request } from '../net/request'
import { mayBeClosed } from './closing'
import { readSession, saveUserInfo } from './session'
import { signIn } from './sign-in'

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

const isOver = (tokenExpire: string | undefined): boolean =>
  tokenExpire !== undefined && Date.parse(tokenExpire) <= Date.now()
