import { api } from '../config/api'
import { ERRNO } from '../net/errno'
import { toFailure } from '../net/failure'
import { mayBeDone } from '../net/outcome'
import { request } from '../net/request'
import { clearClosing, forgetOwner, isOutcomeUnknown, saveClosing } from './closing'
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
      if (wasUnknown || mayBeDone(failure)) saveClosing('unsure')
      else clearClosing()
      throw failure
    }
  }
  forgetSession()
  forgetOwner()
}

/** Failures that confirm an earlier request to close. */
const CLOSED = new Set<number>([ERRNO.UNLOGIN, ERRNO.ACCOUNT_DISABLED])
