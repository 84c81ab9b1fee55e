import type { ErrnoFailure } from '@oa/contracts'
import type { Messages } from '../i18n/zh-CN'
import { ERRNO } from './errno'

/** The text of each errno in a language; empty where the failure's own `errmsg` is shown. */
export const errnoTexts = ({ errors }: Messages): Record<ErrnoFailure, string> => ({
  [ERRNO.FAIL]: '',
  [ERRNO.BAD_ARGUMENT]: errors.badArgument,
  [ERRNO.BAD_VALUE]: errors.badArgument,
  [ERRNO.UNLOGIN]: errors.unlogin,
  [ERRNO.SYSTEM]: errors.system,
  [ERRNO.UNSUPPORTED]: '',
  [ERRNO.STALE]: errors.stale,
  [ERRNO.FORBIDDEN]: '',
  [ERRNO.WX_CODE_INVALID]: errors.wxLogin,
  [ERRNO.WX_UNAVAILABLE]: errors.wxUnavailable,
  [ERRNO.WX_RISK_BLOCKED]: errors.riskBlocked,
  // The server sends the reason that the operator gave for the user to read.
  [ERRNO.ACCOUNT_DISABLED]: '',
  [ERRNO.WX_SESSION_EXPIRED]: errors.wxSession,
  [ERRNO.TOO_MANY_REQUESTS]: errors.tooMany,
  [ERRNO.UNAVAILABLE]: errors.unavailable,
  [ERRNO.NOT_FOUND]: errors.notFound,
  [ERRNO.METHOD_NOT_ALLOWED]: '',
  [ERRNO.PAYLOAD_TOO_LARGE]: errors.tooLarge,
  [ERRNO.UNSUPPORTED_MEDIA_TYPE]: '',
  [ERRNO.HEADERS_TOO_LARGE]: '',
  [ERRNO.URI_TOO_LONG]: '',
  [ERRNO.SESSION_ENDED]: errors.sessionEnded,
  [ERRNO.FRESH_LOGIN_REQUIRED]: errors.freshLogin,
  [ERRNO.PHONE_TAKEN]: errors.phoneTaken,
  [ERRNO.PHONE_BUDGET_SPENT]: errors.phoneBudget,
  [ERRNO.PHONE_CODE_INVALID]: errors.phoneCode,
  [ERRNO.MESSAGE_NOT_ALLOWED]: '',
  [ERRNO.CONTENT_REFUSED]: errors.contentRefused,
  [ERRNO.PICTURE_INVALID]: errors.pictureInvalid,
})
