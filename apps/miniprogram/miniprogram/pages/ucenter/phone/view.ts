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

/**
 * With consent still to be given, one tap gives it and asks for the number. Where WeChat does not
 * know consent, it would not know the joined type either.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/PrivacyAuthorize.html
 */
export const openTypeOf = (needsConsent: boolean): string =>
  needsConsent ? 'getPhoneNumber|agreePrivacyAuthorization' : 'getPhoneNumber'

/** What is said below a tap that gave no number. */
export const HINTS: Record<PhoneRefusal, string> = {
  declined: phone.declined,
  noConsent: phone.noConsent,
  failed: phone.tapFailed,
  unavailable: '',
}

/** What is left to do: send the same again, show another way, or see what is bound by now. */
export const afterFailure = (failure: Failure) => {
  const action = actionFor(failure)

  return {
    // The API looks at the session before it spends the code, which is unused then.
    canRetry: action === 'offerRetry' || failure.errno === ERRNO.FRESH_LOGIN_REQUIRED,
    isBlocked: action === 'offerContact',
    isUsedUp: action === 'askForNewPhoneCode',
  }
}
