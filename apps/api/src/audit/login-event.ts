/** One row of `login_event`, to which the server only appends: who, when, from where, with what outcome. */
export type LoginEvent = {
  at: Date
  /** `login_refused` covers every sign-in that gave no session. */
  kind:
    | 'login'
    | 'login_refused'
    | 'logout'
    | 'logout_all'
    | 'session_ended'
    | 'frozen'
    | 'unfrozen'
    | 'closed'
    | 'phone_bound'
    | 'phone_refused'
    /** WeChat pushed that something about the person must not be kept. */
    | 'name_wiped'
    | 'profile_wiped'
    /** The person asked for all that is kept. */
    | 'exported'
    | 'export_refused'
    | 'close_refused'
    /** Another service of the company asked, or a stranger; `userAgent` holds the name or the route. */
    | 'service_call'
    | 'service_refused'
  /** `ok`, or the name of the errno that was answered; of a service's call, which one it was. */
  outcome: string
  appId: string
  /** Null when WeChat did not say who it was. */
  userId: number | null
  sessionId: string | null
  ip: string
  userAgent: string
  requestId: string
}

export type LoginEventStore = {
  append(event: LoginEvent): Promise<void>
  /**
   * Deletes at most `limit` events before `before`, the oldest first; resolves to how many they were.
   * For operators: the server's own database user may not.
   */
  removeBefore(before: Date, limit: number): Promise<number>
}
