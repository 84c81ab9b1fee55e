import type { WeChatErrorReason } from '@oa/wechat'
import { describeErrcode, WeChatError } from '@oa/wechat'
import type { WeChatFailureKind } from './types.ts'
import { WeChatFailure } from './types.ts'

const KIND: Record<WeChatErrorReason, WeChatFailureKind> = {
  code_invalid: 'code_invalid',
  risk_blocked: 'risk_blocked',
  rate_limited: 'rate_limited',
  misconfigured: 'misconfigured',
  rejected: 'misconfigured',
  quota_exhausted: 'quota_spent',
  busy: 'unavailable',
  timeout: 'unavailable',
  unreachable: 'unavailable',
  tls: 'unavailable',
  bad_response: 'unavailable',
  circuit_open: 'unavailable',
  overloaded: 'unavailable',
}

/** "Code missing": we always send one, so it was one that WeChat takes for none. */
const CODE_MISSING = 41008
/** Of a phone code: it was given to another app, or to another person. */
const OF_OTHERS: ReadonlySet<number | null> = new Set([40003, 40013])

export const toLoginFailure = (error: unknown) =>
  toFailure(error, ({ errcode }) => (errcode === CODE_MISSING ? 'code_invalid' : null))

export const toPhoneFailure = (error: unknown) =>
  toFailure(error, ({ errcode }) => (OF_OTHERS.has(errcode) ? 'code_invalid' : null))

/** Also for the token alone, for which WeChat has no such answers. */
export const toMessageFailure = (error: unknown) =>
  toFailure(error, ({ reason, errcode }) => {
    if (reason !== 'rejected' || errcode === null) return null
    return describeErrcode(errcode).fault === 'person' ? 'not_allowed' : 'bad_message'
  })

/** Keeps what helps to find the call at WeChat: never its text, nor what was sent. */
const toFailure = (
  error: unknown,
  specialKind: (error: WeChatError) => WeChatFailureKind | null,
) => {
  if (!(error instanceof WeChatError)) throw error
  const { reason, errcode, rid, retryAfterSeconds } = error
  const detail = [reason, errcode === null ? '' : `errcode ${errcode}`, rid ?? '']
  const kind = specialKind(error) ?? KIND[reason]
  return new WeChatFailure(kind, detail.filter(Boolean).join(', '), { retryAfterSeconds })
}
