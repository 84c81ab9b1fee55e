import { api } from '../config/api'
import { ERRNO } from '../net/errno'
import { toFailure } from '../net/failure'
import { exchange } from '../net/http'
import { request } from '../net/request'
import { forgetSession, readSession } from './session'

/**
 * Signs out on this device in any case. Rejects when the server did not learn of it: there the
 * session is valid until it expires or is ended from another device.
 */
export const logout = async (): Promise<void> => {
  const token = readSession()?.token
  forgetSession()
  if (!token) return
  try {
    // Not by `request`, which would renew an ended session in order to end it.
    await exchange({ path: api.logout, method: 'POST', data: undefined, token })
  } catch (cause) {
    const failure = toFailure(cause)
    if (!ENDED.has(failure.errno)) throw failure
  }
}

/** Failures that mean success: the session had ended already. */
const ENDED = new Set<number>([ERRNO.UNLOGIN, ERRNO.SESSION_ENDED])

/**
 * Ends the user's sessions on all devices; resolves with their number. Stays signed in on failure.
 */
export const logoutAll = async (): Promise<number> => {
  const { data } = await request(api.logoutAll, 'POST')
  forgetSession()

  return data.ended
}
