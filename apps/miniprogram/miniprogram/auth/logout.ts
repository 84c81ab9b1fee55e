import { api } from '../config/api'
import { ERRNO } from '../net/errno'
import { toFailure } from '../net/failure'
import { exchange } from '../net/http'
import { request } from '../net/request'
import { forgetSession, readSession } from './session'

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
    if (!ENDED.has(failure.errno)) throw failure
  }
}

/** Refusals which say that there is no such session any more. */
const ENDED = new Set<number>([ERRNO.UNLOGIN, ERRNO.SESSION_ENDED])

/** Ends the person's sessions on every device. Rejects, and changes nothing here, when it did not happen. */
export const logoutAll = async (): Promise<number> => {
  const { data } = await request(api.logoutAll, 'POST')
  forgetSession()

  return data.ended
}
