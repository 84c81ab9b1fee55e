import { api } from '../config/api'
import { ERRNO } from '../net/errno'
import { toFailure } from '../net/failure'
import { request } from '../net/request'
import { clearClosing, isOutcomeUnknown, saveClosing } from './closing'
import { forgetDevice } from './device'
import { forgetSession } from './session'

/**
 * Closes the account and removes what is stored here about the user. Rejects when the account is
 * not closed or the outcome is unknown, which `isOutcomeUnknown` tells apart. When it is called
 * again after a lost response, an ended session means that the account is closed.
 */
export const closeAccount = async (): Promise<void> => {
  const wasUnknown = isOutcomeUnknown()
  if (!wasUnknown) saveClosing('asked')
  try {
    await request(api.closeAccount, 'POST', { data: { confirm: true } })
  } catch (cause) {
    const failure = toFailure(cause)
    if (!wasUnknown || !CLOSED.has(failure.errno)) {
      if (wasUnknown || OUTCOME_UNKNOWN.has(failure.errno)) saveClosing('unsure')
      else clearClosing()
      throw failure
    }
  }
  forgetSession()
  forgetDevice()
}

/** Failures that confirm an earlier request to close. */
const CLOSED = new Set<number>([ERRNO.UNLOGIN, ERRNO.ACCOUNT_DISABLED])
/** Failures after which the account may nevertheless be closed. */
const OUTCOME_UNKNOWN = new Set<number>([ERRNO.FAIL, ERRNO.SYSTEM, ERRNO.UNAVAILABLE])
