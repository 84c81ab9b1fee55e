import type { BindPhoneRequest } from '@oa/contracts'

/** What proves the number to the API; each can be used once. */
export type PhoneProof = Pick<BindPhoneRequest, 'code' | 'encryptedData' | 'iv'>

/**
 * Why a tap gave no number: the user declined; the user has not agreed to the privacy guidelines;
 * only the mini-program's owner can help; or a failure that the next tap may not meet.
 */
export type PhoneRefusal = 'declined' | 'noConsent' | 'unavailable' | 'failed'

/** `event.detail`. `code` is absent before base library 2.21.2, `errno` is absent on success. */
export type PhoneDetail = {
  errMsg: string
  errno?: number
  code?: string
  encryptedData?: string
  iv?: string
}

const NO_CONSENT = 104
/** Quota spent; number not declared in the guidelines. An uncertified account gets no errno. */
const ONLY_OWNER_CAN_HELP = [1_400_001, 112]

/** https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/getPhoneNumber.html */
export const readPhone = (detail: PhoneDetail): PhoneProof | PhoneRefusal => {
  const { errMsg, errno = 0, code, encryptedData, iv } = detail
  if (code) return { code }
  if (encryptedData && iv) return { encryptedData, iv }
  if (errno === NO_CONSENT) return 'noConsent'
  if (ONLY_OWNER_CAN_HELP.includes(errno) || /no permission/i.test(errMsg)) return 'unavailable'

  return /deny|denied|cancel/i.test(errMsg) ? 'declined' : 'failed'
}

/**
 * While consent is missing, one tap gives it and asks for the number. A WeChat that knows no
 * consent does not know the joined type either.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/PrivacyAuthorize.html
 */
export const openTypeOf = (needsConsent: boolean): string =>
  needsConsent ? 'getPhoneNumber|agreePrivacyAuthorization' : 'getPhoneNumber'

const CODE_SINCE = [2, 21, 2]

/** Whether the button gives a code. If not, the user must sign in again before the tap. */
export const givesCode = (): boolean => {
  try {
    const parts = wx.getAppBaseInfo().SDKVersion.split('.').map(Number)
    const at = CODE_SINCE.findIndex((part, index) => parts[index] !== part)
    return at < 0 || Number(parts[at]) > Number(CODE_SINCE[at])
  } catch {
    return false
  }
}
