/** What WeChat tells a mini-program's server about a person or a check, as far as it is acted upon. */
export type PushedEvent =
  /** WeChat took the person's name and avatar back. */
  | { kind: 'user_info_modified'; openid: string }
  /** The person withdrew consent; WeChat's numbers say to what, none of them means to everything. */
  | { kind: 'user_authorization_revoke'; openid: string; revoked: readonly number[] }
  /** The person closed the WeChat account. */
  | { kind: 'user_authorization_cancellation'; openid: string }
  | { kind: 'wxa_media_check'; traceId: string; suggest: string; label: number }
  /** Anything else, by WeChat's name. */
  | { kind: 'other'; name: string }

/** The query of a push; what is not there is not signed. */
export type PushQuery = {
  signature?: string
  timestamp?: string
  nonce?: string
  echostr?: string
  msg_signature?: string
  encrypt_type?: string
}

export type PushAnswer = { status: number; contentType: string; body: string }

/** Where WeChat's pushes arrive. */
export type PushInbox = {
  /** Answers the GET by which WeChat checks an address. */
  verifyUrl(query: PushQuery): PushAnswer
  /**
   * Answers a POST: 401 unless it is WeChat's and fresh; calls `handle` once for each message, however
   * often it comes. Rejects when `handle` does, and the next delivery is handled again.
   */
  receive(
    push: { query: PushQuery; body: string },
    handle: (event: PushedEvent) => Promise<void>,
  ): Promise<PushAnswer>
}
