import type { BindPhoneRequest } from '@oa/contracts'

/** What proves the number to the API; each is good once. */
export type PhoneProof = Pick<BindPhoneRequest, 'code' | 'encryptedData' | 'iv'>

/**
 * Why a tap gave no number: the person said no; the privacy guidelines are not agreed to; only the
 * mini-program's owner can help; or something that may be over at the next tap.
 */
export type PhoneRefusal = 'declined' | 'noConsent' | 'unavailable' | 'failed'

/** What the button hands over. `code` is missing before base library 2.21.2, `errno` when all is well. */
export type PhoneDetail = {
  errMsg: string
  errno?: number
  code?: string
  encryptedData?: string
  iv?: string
}

const NO_CONSENT = 104
/** Quota spent; number not declared in the guidelines. An account that is not certified has no errno. */
const OWNER_HAS_TO_ACT = [1_400_001, 112]

/** https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/getPhoneNumber.html */
export const readPhone = (detail: PhoneDetail): PhoneProof | PhoneRefusal => {
  const { errMsg, errno = 0, code, encryptedData, iv } = detail
  if (code) return { code }
  if (encryptedData && iv) return { encryptedData, iv }
  if (errno === NO_CONSENT) return 'noConsent'
  if (OWNER_HAS_TO_ACT.includes(errno) || /no permission/i.test(errMsg)) return 'unavailable'

  return /deny|denied|cancel/i.test(errMsg) ? 'declined' : 'failed'
}

const CODE_SINCE = [2, 21, 2]

/** Whether the button gives a code. Without one, the sign-in has to come before the tap. */
export const givesCode = (): boolean => {
  try {
    const parts = wx.getAppBaseInfo().SDKVersion.split('.').map(Number)
    const at = CODE_SINCE.findIndex((part, index) => parts[index] !== part)
    return at < 0 || Number(parts[at]) > Number(CODE_SINCE[at])
  } catch {
    return false
  }
}
