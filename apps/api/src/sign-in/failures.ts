import { ERRNO } from '@oa/contracts'
import { BusinessError } from '../errors/business-error.ts'
import type { WeChatFailure } from '../infra/wechat/types.ts'

const RATE_LIMITED_RETRY_SECONDS = 60
const UNAVAILABLE_RETRY_SECONDS = 5

/** What the person who signs in is told when WeChat gave no identity. WeChat's own text stays here. */
export const toBusinessError = (cause: WeChatFailure): BusinessError => {
  switch (cause.kind) {
    case 'code_invalid':
      return new BusinessError(ERRNO.WX_CODE_INVALID, '登录凭证无效，请重新登录', { cause })
    case 'risk_blocked':
      return new BusinessError(ERRNO.WX_RISK_BLOCKED, '微信判定此账号存在风险，暂时无法登录', {
        cause,
      })
    case 'rate_limited':
      return new BusinessError(ERRNO.TOO_MANY_REQUESTS, '登录过于频繁，请稍后再试', {
        cause,
        retryAfterSeconds: RATE_LIMITED_RETRY_SECONDS,
      })
    case 'misconfigured':
    case 'not_allowed':
    case 'bad_message':
      return new BusinessError(ERRNO.SYSTEM, '系统错误，请联系管理员', { cause })
    case 'unavailable':
    case 'quota_spent':
      return new BusinessError(ERRNO.WX_UNAVAILABLE, '微信服务暂时不可用，请稍后再试', {
        cause,
        retryAfterSeconds: cause.retryAfterSeconds ?? UNAVAILABLE_RETRY_SECONDS,
      })
  }
}
