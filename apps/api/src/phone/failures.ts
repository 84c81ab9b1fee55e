import { ERRNO } from '@oa/contracts'
import { BusinessError } from '../errors/business-error.ts'
import type { WeChatFailure } from '../infra/wechat/types.ts'
import { toBusinessError } from '../sign-in/failures.ts'

/** One answer for every proof that proves nothing: the difference would help whoever made it up. */
export const phoneCodeInvalid = (options?: ErrorOptions) =>
  new BusinessError(ERRNO.PHONE_CODE_INVALID, '手机号验证已失效，请重新授权', options)

/** WeChat's key went with the session, or was sealed with a key of ours that is gone. */
export const sessionKeyGone = (options?: ErrorOptions) =>
  new BusinessError(ERRNO.WX_SESSION_EXPIRED, '微信登录状态已过期，请重新登录', options)

export const phoneTaken = () => new BusinessError(ERRNO.PHONE_TAKEN, '此手机号已绑定其他账号')

/** What the person is told when WeChat gave no number. */
export const toPhoneFailure = (cause: WeChatFailure): BusinessError => {
  if (cause.kind === 'code_invalid') return phoneCodeInvalid({ cause })
  if (cause.kind === 'quota_spent') {
    return new BusinessError(ERRNO.PHONE_BUDGET_SPENT, '手机号验证额度已用完，请联系管理员', {
      cause,
      ...(cause.retryAfterSeconds === null ? {} : { retryAfterSeconds: cause.retryAfterSeconds }),
    })
  }
  if (cause.kind === 'rate_limited') {
    return new BusinessError(ERRNO.TOO_MANY_REQUESTS, '操作过于频繁，请稍后再试', {
      cause,
      retryAfterSeconds: cause.retryAfterSeconds ?? RATE_LIMITED_RETRY_SECONDS,
    })
  }
  return toBusinessError(cause)
}

const RATE_LIMITED_RETRY_SECONDS = 60
