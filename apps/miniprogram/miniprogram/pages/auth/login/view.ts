import { messages } from '../../../i18n/index'
import { ERRNO } from '../../../net/errno'
import { actionFor } from '../../../net/errno-actions'
import type { Failure } from '../../../net/failure'
import type { PhoneRefusal } from '../../../ui/phone-button'

const { phoneLogin } = messages

export type Way = '' | 'wechat' | 'phone'

/** What the page says after a tap that gave no number; each text names the other way to sign in. */
const hints = (): Record<PhoneRefusal, string> => ({
  declined: phoneLogin.declined,
  noConsent: phoneLogin.noConsent,
  failed: phoneLogin.tapFailed,
  unavailable: phoneLogin.unavailable,
})

/** Failures of the number, which leave signing in without one as it was. */
const ABOUT_NUMBER = new Set<number>([
  ERRNO.PHONE_TAKEN,
  ERRNO.PHONE_BUDGET_SPENT,
  ERRNO.PHONE_CODE_INVALID,
])

export const afterRefusal = (refusal: PhoneRefusal) => ({
  phoneHint: hints()[refusal],
  // Another tap would not help.
  isPhoneBlocked: refusal === 'unavailable',
})

export const isAboutNumber = ({ errno }: Failure): boolean => ABOUT_NUMBER.has(errno)

/** What is left to do after a sign-in failed: the same again, the other way, or neither. */
export const afterFailure = (failure: Failure, way: Way) => {
  const action = actionFor(failure)
  const canRetry = action === 'offerRetry' || action === 'useNewCode'
  const wayOn = {
    retries: canRetry ? way : ('' as Way),
    isDisabled: failure.errno === ERRNO.ACCOUNT_DISABLED,
  }
  if (way === 'wechat') return wayOn

  return {
    ...wayOn,
    phoneHint: isAboutNumber(failure) ? phoneLogin.otherWay : '',
    isPhoneBlocked: action === 'offerContact',
  }
}
