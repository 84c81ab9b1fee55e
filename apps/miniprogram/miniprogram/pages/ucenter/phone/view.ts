import type { UserIndexResult } from '@oa/contracts'
import { fillIn, messages } from '../../../i18n/index'
import { ERRNO } from '../../../net/errno'
import { actionFor } from '../../../net/errno-actions'
import type { Failure } from '../../../net/failure'
import type { PhoneRefusal } from '../../../ui/phone-button'

const { phone } = messages

/** What the page shows of the profile. */
export const toView = ({ mobile, deviceCount }: UserIndexResult) => {
  const others = deviceCount - 1

  return {
    mobile: mobile ?? '',
    current: mobile ? fillIn(phone.current, { mobile }) : phone.none,
    others,
    othersText: fillIn(phone.othersText, { count: others }),
  }
}

/** The hint after a tap that gave no number. */
export const hints = (): Record<PhoneRefusal, string> => ({
  declined: phone.declined,
  noConsent: phone.noConsent,
  failed: phone.tapFailed,
  unavailable: '',
})

/** What is left to do: send the same code again, ask the administrator, or see what is bound. */
export const afterFailure = (failure: Failure) => {
  const action = actionFor(failure)

  return {
    // FRESH_LOGIN_REQUIRED leaves the code unspent: the API checks the session first.
    canRetry: action === 'offerRetry' || failure.errno === ERRNO.FRESH_LOGIN_REQUIRED,
    isBlocked: action === 'offerContact',
    isUsedUp: action === 'askForNewPhoneCode',
  }
}
