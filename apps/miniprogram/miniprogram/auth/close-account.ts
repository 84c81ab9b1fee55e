import { api } from '../config/api'
import { ERRNO } from '../net/errno'
import { toFailure } from '../net/failure'
import { request } from '../net/request'
import { isUnsure, noteClosing, noteOpen } from './closing'
import { forgetDevice } from './device'
import { forgetSession } from './session'

/**
 * Closes the account, and forgets here what was stored of the person. Rejects, and changes nothing
 * that is shown, when it did not happen or nobody knows; `isUnsure` tells which. Asked again after a
 * lost answer, a session that is over says that it did happen.
 */
export const closeAccount = async (): Promise<void> => {
  const wasUnsure = isUnsure()
  if (!wasUnsure) noteClosing('asked')
  try {
    await request(api.closeAccount, 'POST', { data: { confirm: true } })
  } catch (cause) {
    const failure = toFailure(cause)
    if (!wasUnsure || !OVER.has(failure.errno)) {
      if (wasUnsure || LOST.has(failure.errno)) noteClosing('unsure')
      else noteOpen()
      throw failure
    }
  }
  forgetSession()
  forgetDevice()
}

const OVER = new Set<number>([ERRNO.UNLOGIN, ERRNO.ACCOUNT_DISABLED])
/** What also comes of a request that was carried out. */
const LOST = new Set<number>([ERRNO.FAIL, ERRNO.SYSTEM, ERRNO.UNAVAILABLE])
