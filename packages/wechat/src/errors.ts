/** What went wrong, in terms of what the caller can do about it. */
export type WeChatErrorReason =
  /** The code is unknown, expired or used; ask the person's phone for a new one. */
  | 'code_invalid'
  /** WeChat's risk control refuses this person. */
  | 'risk_blocked'
  /** A minute quota is spent. */
  | 'rate_limited'
  /** A day's quota is spent. */
  | 'quota_exhausted'
  /** WeChat says it is busy (errcode -1), also on the second attempt. */
  | 'busy'
  /** Our appid, secret, IP white-list or request is wrong; no retry helps. */
  | 'misconfigured'
  /** The call's whole time budget passed. */
  | 'timeout'
  /** No connection could be made. */
  | 'unreachable'
  /** The server's certificate or TLS version was refused. */
  | 'tls'
  /** An answer that is not WeChat's: wrong status, no JSON, wrong types, too large, cut off. */
  | 'bad_response'
  /** Not sent: WeChat has been failing, and it is not yet time to try again. */
  | 'circuit_open'
  /** Not sent: too many calls are under way in this process. */
  | 'overloaded'
  /** Any other errcode. */
  | 'rejected'

export type WeChatErrorDetails = {
  errcode?: number | null
  rid?: string | null
  retryAfterSeconds?: number | null
}

/**
 * Every failure of a call, except the caller's own abort. Its text names the endpoint and what to do,
 * and it holds no secret, code, token, session_key, URL or `cause`: it can be logged whole.
 */
export class WeChatError extends Error {
  override readonly name = 'WeChatError'
  readonly reason: WeChatErrorReason
  /** WeChat's number; null when no usable answer arrived. */
  readonly errcode: number | null
  /** WeChat's request id, by which its support finds the call for 7 days. */
  readonly rid: string | null
  /** When another attempt may succeed; null when waiting does not help. */
  readonly retryAfterSeconds: number | null

  constructor(reason: WeChatErrorReason, message: string, details: WeChatErrorDetails = {}) {
    super(message)
    this.reason = reason
    this.errcode = details.errcode ?? null
    this.rid = details.rid ?? null
    this.retryAfterSeconds = details.retryAfterSeconds ?? RETRY_AFTER_SECONDS[reason] ?? null
  }
}

const RETRY_AFTER_SECONDS: Partial<Record<WeChatErrorReason, number>> = {
  busy: 1,
  timeout: 1,
  unreachable: 1,
  bad_response: 1,
  circuit_open: 1,
  overloaded: 1,
  rate_limited: 60,
}
