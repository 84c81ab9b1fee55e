/** Who a login code belongs to, as WeChat says. `sessionKey` must not leave the server. */
export type WeChatIdentity = { openid: string; sessionKey: string; unionid: string | null }

/** Why WeChat gave no identity, in the words that a sign-in needs. */
export type WeChatFailureKind =
  /** The code is unknown, used or too old. */
  | 'code_invalid'
  /** WeChat holds the person for a risk. */
  | 'risk_blocked'
  /** WeChat sees too many sign-ins now. */
  | 'rate_limited'
  /** Our appid or secret is refused, or what we send: nobody can sign in until it is repaired. */
  | 'misconfigured'
  /** Down, slow, out of quota or answering nonsense. */
  | 'unavailable'

export class WeChatFailure extends Error {
  override readonly name = 'WeChatFailure'
  readonly kind: WeChatFailureKind
  readonly retryAfterSeconds: number | null

  /** `detail` is for the log: WeChat's errcode and rid, never its text or what we sent. */
  constructor(
    kind: WeChatFailureKind,
    detail: string,
    options: ErrorOptions & { retryAfterSeconds?: number | null } = {},
  ) {
    super(`WeChat: ${kind} (${detail})`, options)
    this.kind = kind
    this.retryAfterSeconds = options.retryAfterSeconds ?? null
  }
}

export type WeChatState = 'up' | 'down' | 'misconfigured'

export type WeChat = {
  /** Rejects with `WeChatFailure`. Answers within 3 s. */
  code2Session(code: string): Promise<WeChatIdentity>
  state(): WeChatState
  close(): Promise<void>
}
