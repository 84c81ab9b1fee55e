import type { ErrnoFailure } from '@oa/contracts'
import { ERRNO } from './errno'

/** What the mini-program does about a failure. Each of them ends in a text when it does not help. */
export type Action =
  /**
   * The session has ended: sign in again silently and repeat the request once. Refused again, the
   * session is forgotten, and the page shows the text and a button to sign in.
   */
  | 'renewSession'
  /**
   * The session is valid, but WeChat's side of it or the last sign-in is too old: sign in again
   * silently and repeat the request once. Refused again, the session is kept and the text is shown.
   */
  | 'signInAgain'
  /** WeChat refused the code of a sign-in: repeat the sign-in once with a new code, then show the text. */
  | 'useNewCode'
  /**
   * The session was ended on purpose: forget it, and show the text and a button to sign in. Never
   * sign in silently.
   */
  | 'signOut'
  /**
   * It may pass: show the text and offer to send the same again, after the wait that the server asked
   * for. A GET is repeated silently first, at most twice, where HTTP 429 or 503 asks for at most 2 s.
   */
  | 'offerRetry'
  /** The code of a phone number is used up: show the text, the button for a new one, and what is bound by now. */
  | 'askForNewPhoneCode'
  /** Only an administrator can help, or another day: show the text and a button to contact one. */
  | 'offerContact'
  /** The same request would fail again: show the text. What loads by itself can be loaded again all the same. */
  | 'showText'

/**
 * The one place that decides what follows from an errno. The text is that of net/errno-texts.ts: in a
 * failure card where a page loads or submits, in a toast after an action such as ending a session.
 * Signing out and closing the account also read some of these numbers as success or as an unknown
 * outcome: auth/logout.ts, auth/close-account.ts and auth/closing.ts say which.
 */
export const ERRNO_ACTIONS: Readonly<Record<ErrnoFailure, Action>> = {
  [ERRNO.FAIL]: 'offerRetry',
  [ERRNO.BAD_ARGUMENT]: 'showText',
  [ERRNO.BAD_VALUE]: 'showText',
  [ERRNO.UNLOGIN]: 'renewSession',
  [ERRNO.SYSTEM]: 'offerRetry',
  [ERRNO.UNSUPPORTED]: 'showText',
  [ERRNO.STALE]: 'showText',
  [ERRNO.FORBIDDEN]: 'showText',
  [ERRNO.WX_CODE_INVALID]: 'useNewCode',
  [ERRNO.WX_UNAVAILABLE]: 'offerRetry',
  [ERRNO.WX_RISK_BLOCKED]: 'showText',
  [ERRNO.ACCOUNT_DISABLED]: 'signOut',
  [ERRNO.WX_SESSION_EXPIRED]: 'signInAgain',
  [ERRNO.TOO_MANY_REQUESTS]: 'offerRetry',
  [ERRNO.UNAVAILABLE]: 'offerRetry',
  [ERRNO.NOT_FOUND]: 'showText',
  [ERRNO.METHOD_NOT_ALLOWED]: 'showText',
  [ERRNO.PAYLOAD_TOO_LARGE]: 'showText',
  [ERRNO.UNSUPPORTED_MEDIA_TYPE]: 'showText',
  [ERRNO.HEADERS_TOO_LARGE]: 'showText',
  [ERRNO.URI_TOO_LONG]: 'showText',
  [ERRNO.SESSION_ENDED]: 'signOut',
  [ERRNO.FRESH_LOGIN_REQUIRED]: 'signInAgain',
  [ERRNO.PHONE_TAKEN]: 'showText',
  [ERRNO.PHONE_BUDGET_SPENT]: 'offerContact',
  [ERRNO.PHONE_CODE_INVALID]: 'askForNewPhoneCode',
  [ERRNO.MESSAGE_NOT_ALLOWED]: 'showText',
}

/** The API may be newer than this client: a number that it does not know is shown in the server's words. */
export const actionFor = ({ errno }: { errno: number }): Action => {
  const actions: Readonly<Record<number, Action | undefined>> = ERRNO_ACTIONS

  return actions[errno] ?? 'showText'
}
