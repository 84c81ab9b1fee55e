import { ERRNO } from '@oa/contracts'
import { BusinessError } from '../errors/business-error.ts'
import type { WeChatFailure } from '../infra/wechat/types.ts'
import { toBusinessError } from '../sign-in/failures.ts'

/** What another service is told when WeChat did not do what it asked for. */
export const toMessageFailure = (cause: WeChatFailure): BusinessError => {
  const retryAfterSeconds = cause.retryAfterSeconds ?? undefined
  const options = { cause, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) }
  switch (cause.kind) {
    case 'not_allowed':
      return new BusinessError(ERRNO.MESSAGE_NOT_ALLOWED, '用户未同意接收，或同意已用完', options)
    case 'bad_message':
      return new BusinessError(ERRNO.BAD_VALUE, '微信不接受此消息，请检查模板与字段', options)
    case 'rate_limited':
      return new BusinessError(ERRNO.TOO_MANY_REQUESTS, '微信接口调用过于频繁', options)
    default:
      return toBusinessError(cause)
  }
}
