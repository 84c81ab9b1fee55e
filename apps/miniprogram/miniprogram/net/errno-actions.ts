import type { ErrnoFailure } from '@oa/contracts'
import { ERRNO } from './errno'

/** What the mini-program does about a failure. */
export type Action =
  /**
   * The session has ended: sign in again silently and repeat the request once. When that is refused
   * too, forget the session, and show the text and a button to sign in.
   */
  | 'renewSession'
  /**
   * WeChat's session or the last sign-in is too old for this request: sign in again silently and
   * repeat the request once. When that is refused too, keep the session and show the text.
   */
  | 'signInAgain'
  /**
   * WeChat refused the code of a sign-in: sign in once more with a new code, then show the text.
   */
  | 'useNewCode'
  /**
   * The session was ended on purpose: forget it, and show the text and a button to sign in.
   * Never sign in silently.
   */
  | 'signOut'
  /**
   * It may pass: show the text and a button that sends the same request, after the wait that the
   * server asked for. A GET is repeated silently before that, see net/request.ts.
   */
  | 'offerRetry'
  /**
   * The phone code is spent: show the text, what is bound by now, and the button for a new code.
   */
  | 'askForNewPhoneCode'
  /** It was changed on another device: show that, and load what it is now. */
  | 'reload'
  /** Trying again does not help today: show the text and a button to contact the administrator. */
  | 'offerContact'
  /** The same request would fail again: show the text. A page can still be loaded again. */
  | 'showText'

/**
 * What follows from each errno. Its text is that of net/errno-texts.ts, shown in a failure card
 * when a page loads or submits, and in a toast after an action such as ending a session. To log-out
 * and to closing the account, some of these numbers mean success or an unknown outcome: see
 * auth/logout.ts, auth/close-account.ts and auth/closing.ts.
 */
export const ERRNO_ACTIONS: Readonly<Record<ErrnoFailure, Action>> = {
  [ERRNO.FAIL]: 'offerRetry',
  [ERRNO.BAD_ARGUMENT]: 'showText',
  [ERRNO.BAD_VALUE]: 'showText',
  [ERRNO.UNLOGIN]: 'renewSession',
  [ERRNO.SYSTEM]: 'offerRetry',
  [ERRNO.UNSUPPORTED]: 'showText',
  [ERRNO.STALE]: 'reload',
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
  [ERRNO.CONTENT_REFUSED]: 'showText',
  [ERRNO.PICTURE_INVALID]: 'showText',
  [ERRNO.LINK_INVALID]: 'showText',
  [ERRNO.LAST_OWNER]: 'showText',
  [ERRNO.HAS_DUTIES]: 'showText',
  [ERRNO.MEETING_STATE]: 'showText',
  [ERRNO.ROOM_TAKEN]: 'showText',
  [ERRNO.NOT_NOW]: 'showText',
  [ERRNO.CHECK_IN_CODE_INVALID]: 'showText',
  [ERRNO.NOT_INVITED]: 'showText',
  [ERRNO.ALREADY_VOTED]: 'showText',
  [ERRNO.VOTE_OPEN]: 'showText',
  [ERRNO.NOT_AN_ELECTOR]: 'showText',
  [ERRNO.OVERLOADED]: 'offerRetry',
}

/** An errno of an API that is newer than this client is shown with the server's text. */
export const actionFor = ({ errno }: { errno: number }): Action => {
  const actions: Readonly<Record<number, Action | undefined>> = ERRNO_ACTIONS

  return actions[errno] ?? 'showText'
}
