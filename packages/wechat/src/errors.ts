/** Why a call failed, in terms of what the caller can do about it. */
export type WeChatErrorReason =
  /** The code is unknown, expired or used; the mini-program must get a new one. */
  | 'code_invalid'
  /** WeChat's risk control refuses this user. */
  | 'risk_blocked'
  /** The quota per minute is used up. */
  | 'rate_limited'
  /** The daily quota is used up. */
  | 'quota_exhausted'
  /** WeChat is busy (errcode -1), also at the second attempt. */
  | 'busy'
  /** The appid, secret, IP white-list or request is wrong; no retry helps. */
  | 'misconfigured'
  /** The time budget of the call is used up. */
  | 'timeout'
  /** No connection could be made. */
  | 'unreachable'
  /** The server's certificate or TLS version was refused. */
  | 'tls'
  /** Not an answer of WeChat's: wrong status, no JSON, wrong types, too large, cut off. */
  | 'bad_response'
  /** Not sent: the circuit breaker is open because WeChat has been failing. */
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
 * Every failure of a call, except the caller's own abort. Its text names the endpoint and the cause. It
 * contains no secret, code, token, session_key, URL or `cause`, so it can be logged whole.
 */
export class WeChatError extends Error {
  override readonly name = 'WeChatError'
  readonly reason: WeChatErrorReason
  /** WeChat's number; null when no usable answer arrived. */
  readonly errcode: number | null
  /** WeChat's request id, with which its support finds the call for 7 days. */
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
