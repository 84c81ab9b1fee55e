import type { ErrnoFailure } from '@oa/contracts'
import { ERRNO } from '@oa/contracts'
import type { WeChatError, WeChatErrorReason } from '@oa/wechat'
import { BusinessError } from './business-error.ts'
import { TEXTS } from './texts.ts'

/** What WeChat was asked for; `internal` is a message or an access_token for another service. */
export type WeChatContext = 'signIn' | 'phone' | 'internal'

export type WeChatOutcome = {
  errno: ErrnoFailure
  errmsg: string
  /** Seconds to wait when the WeChat client names none. */
  retryAfterSeconds?: number
  /** What an operator is alerted to; absent when it passes by itself, or the caller can mend it. */
  alert?: 'misconfigured' | 'quota_exhausted'
}

const CODE_INVALID: WeChatOutcome = {
  errno: ERRNO.WX_CODE_INVALID,
  errmsg: TEXTS.WX_CODE_INVALID.refused,
}
/** One answer for every proof that proves nothing: the difference would help an attacker. */
const PHONE_CODE_INVALID: WeChatOutcome = {
  errno: ERRNO.PHONE_CODE_INVALID,
  errmsg: TEXTS.PHONE_CODE_INVALID.invalid,
}
const RISK_BLOCKED: WeChatOutcome = {
  errno: ERRNO.WX_RISK_BLOCKED,
  errmsg: TEXTS.WX_RISK_BLOCKED.blocked,
}
const MISCONFIGURED: WeChatOutcome = {
  errno: ERRNO.SYSTEM,
  errmsg: TEXTS.SYSTEM.misconfigured,
  alert: 'misconfigured',
}
const AWAY: WeChatOutcome = {
  errno: ERRNO.WX_UNAVAILABLE,
  errmsg: TEXTS.WX_UNAVAILABLE.away,
  retryAfterSeconds: 5,
}
const QUOTA_SPENT: WeChatOutcome = {
  errno: ERRNO.WX_UNAVAILABLE,
  errmsg: TEXTS.WX_UNAVAILABLE.away,
  retryAfterSeconds: 5,
  alert: 'quota_exhausted',
}
const PHONE_QUOTA_SPENT: WeChatOutcome = {
  errno: ERRNO.PHONE_BUDGET_SPENT,
  errmsg: TEXTS.PHONE_BUDGET_SPENT.wechat,
  alert: 'quota_exhausted',
}
const BAD_MESSAGE: WeChatOutcome = { errno: ERRNO.BAD_VALUE, errmsg: TEXTS.BAD_VALUE.message }
const NOT_ALLOWED: WeChatOutcome = {
  errno: ERRNO.MESSAGE_NOT_ALLOWED,
  errmsg: TEXTS.MESSAGE_NOT_ALLOWED.noConsent,
}
const tooMany = (text: keyof typeof TEXTS.TOO_MANY_REQUESTS): WeChatOutcome => ({
  errno: ERRNO.TOO_MANY_REQUESTS,
  errmsg: TEXTS.TOO_MANY_REQUESTS[text],
  retryAfterSeconds: 60,
})

const everywhere = (outcome: WeChatOutcome): Record<WeChatContext, WeChatOutcome> => ({
  signIn: outcome,
  phone: outcome,
  internal: outcome,
})

/** What each reason of the WeChat client becomes, in each context. */
export const REASONS: Record<WeChatErrorReason, Record<WeChatContext, WeChatOutcome>> = {
  code_invalid: { signIn: CODE_INVALID, phone: PHONE_CODE_INVALID, internal: CODE_INVALID },
  risk_blocked: everywhere(RISK_BLOCKED),
  rate_limited: { signIn: tooMany('signIn'), phone: tooMany('phone'), internal: tooMany('wechat') },
  quota_exhausted: { signIn: QUOTA_SPENT, phone: PHONE_QUOTA_SPENT, internal: QUOTA_SPENT },
  misconfigured: everywhere(MISCONFIGURED),
  // What a user sends is checked before the call; what another service sends is checked by WeChat.
  rejected: { signIn: MISCONFIGURED, phone: MISCONFIGURED, internal: BAD_MESSAGE },
  busy: everywhere(AWAY),
  timeout: everywhere(AWAY),
  unreachable: everywhere(AWAY),
  tls: everywhere(AWAY),
  bad_response: everywhere(AWAY),
  circuit_open: everywhere(AWAY),
  overloaded: everywhere(AWAY),
}

/** Where an errcode means something else in one context than its reason says. */
export const EXCEPTIONS: Readonly<Record<number, Partial<Record<WeChatContext, WeChatOutcome>>>> = {
  // "Code missing": one is always sent, so it was one that WeChat takes for none.
  41008: { signIn: CODE_INVALID },
  // The code was given to another user, or to another mini-program.
  40003: { phone: PHONE_CODE_INVALID },
  40013: { phone: PHONE_CODE_INVALID },
  // Only the user who is to receive the message can mend these.
  43101: { internal: NOT_ALLOWED },
  45015: { internal: NOT_ALLOWED },
  45047: { internal: NOT_ALLOWED },
  87007: { internal: NOT_ALLOWED },
  87009: { internal: NOT_ALLOWED },
  87014: { internal: NOT_ALLOWED },
}

export const outcomeOf = (
  context: WeChatContext,
  { reason, errcode }: Pick<WeChatError, 'reason' | 'errcode'>,
): WeChatOutcome => EXCEPTIONS[errcode ?? 0]?.[context] ?? REASONS[reason][context]

/** What the caller is answered with when WeChat failed. WeChat's own text stays in `cause`. */
export const toBusinessError = (context: WeChatContext, cause: WeChatError): BusinessError => {
  const { errno, errmsg, retryAfterSeconds } = outcomeOf(context, cause)
  return new BusinessError(errno, errmsg, {
    cause,
    retryAfterSeconds: cause.retryAfterSeconds ?? retryAfterSeconds,
  })
}
