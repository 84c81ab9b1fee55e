/** One row of `login_event`, to which the server only appends: which user, when, from where, with what outcome. */
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
    /** An operator took the number away. */
    | 'phone_unbound'
    /** An operator had WeChat replace the session_key. */
    | 'key_reset'
    /** WeChat pushed that something about the user must not be kept. */
    | 'name_wiped'
    | 'profile_wiped'
    /** The user asked for all that is kept. */
    | 'exported'
    | 'export_refused'
    | 'close_refused'
    /** Another service of the company called, or one without a valid token; `userAgent` holds its name or the route. */
    | 'service_call'
    | 'service_refused'
  /** `ok`, or the name of the errno that was answered; for a service's call, which one it was. */
  outcome: string
  appId: string
  /** Null when WeChat did not identify the user. */
  userId: number | null
  sessionId: string | null
  ip: string
  userAgent: string
  requestId: string
}
