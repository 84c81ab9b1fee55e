import { messages } from '../../../i18n/index'
import { ERRNO } from '../../../net/errno'
import { actionFor } from '../../../net/errno-actions'
import type { Failure } from '../../../net/failure'
import type { PhoneRefusal } from '../../../ui/phone-button'

const { phoneLogin } = messages

/** What the page says after a tap that gave no number; each text names the other way to sign in. */
const HINTS: Record<PhoneRefusal, string> = {
  declined: phoneLogin.declined,
  noConsent: phoneLogin.noConsent,
  failed: phoneLogin.tapFailed,
  unavailable: phoneLogin.unavailable,
}

/** Failures of the number, which leave signing in without one as it was. */
const ABOUT_NUMBER = new Set<number>([
  ERRNO.PHONE_TAKEN,
  ERRNO.PHONE_BUDGET_SPENT,
  ERRNO.PHONE_CODE_INVALID,
])

export const afterRefusal = (refusal: PhoneRefusal) => ({
  phoneHint: HINTS[refusal],
  // Another tap would not help.
  isPhoneBlocked: refusal === 'unavailable',
})

export const isAboutNumber = ({ errno }: Failure): boolean => ABOUT_NUMBER.has(errno)

/** What is left to do after a sign-in by phone failed: send the same again, or go without a number. */
export const afterFailure = (failure: Failure) => {
  const action = actionFor(failure)

  return {
    canRetry: action === 'offerRetry' || action === 'useNewCode',
    phoneHint: isAboutNumber(failure) ? phoneLogin.otherWay : '',
    isPhoneBlocked: action === 'offerContact',
  }
}
