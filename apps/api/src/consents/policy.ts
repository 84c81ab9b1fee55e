import type { WeChatError, WeChatErrorReason } from '@oa/wechat'

/**
 * What a failure to send says about the message. `refused`: the user has agreed to none. `wrong`: the
 * template or a field is, which only we can mend. `not_taken`: WeChat never had it. `unknown`: it may
 * have arrived.
 */
export type SendFailure = 'refused' | 'wrong' | 'not_taken' | 'unknown'

const NO_CONSENT = 43101

/** An answer with an errcode is a refusal; without an answer only a missing connection is certain. */
const BY_REASON: Record<WeChatErrorReason, SendFailure> = {
  rejected: 'wrong',
  code_invalid: 'wrong',
  misconfigured: 'not_taken',
  risk_blocked: 'not_taken',
  rate_limited: 'not_taken',
  quota_exhausted: 'not_taken',
  unreachable: 'not_taken',
  tls: 'not_taken',
  circuit_open: 'not_taken',
  overloaded: 'not_taken',
  // WeChat says so, too, of calls that it has carried out.
  busy: 'unknown',
  timeout: 'unknown',
  bad_response: 'unknown',
}

export const failureOf = ({ reason, errcode }: Pick<WeChatError, 'reason' | 'errcode'>) =>
  errcode === NO_CONSENT ? 'refused' : BY_REASON[reason]
