/**
 * Every `errno` that a response can carry. 0, -1, 401, 402 and 501–506 are the numbers that existing
 * clients of this family know; 7xx are ours. WeChat's own numbers are `errcode` and never appear here.
 */
export const ERRNO = {
  OK: 0,
  /** Created by clients only: no usable answer arrived. */
  FAIL: -1,
  BAD_ARGUMENT: 401,
  BAD_VALUE: 402,
  UNLOGIN: 501,
  SYSTEM: 502,
  UNSUPPORTED: 503,
  STALE: 504,
  FORBIDDEN: 506,
  WX_CODE_INVALID: 701,
  WX_UNAVAILABLE: 702,
  WX_RISK_BLOCKED: 703,
  ACCOUNT_DISABLED: 704,
  WX_SESSION_EXPIRED: 705,
  TOO_MANY_REQUESTS: 706,
  UNAVAILABLE: 707,
  NOT_FOUND: 708,
  METHOD_NOT_ALLOWED: 709,
  PAYLOAD_TOO_LARGE: 710,
  UNSUPPORTED_MEDIA_TYPE: 711,
  HEADERS_TOO_LARGE: 712,
  URI_TOO_LONG: 713,
  /** Ended on purpose from elsewhere: unlike after UNLOGIN, the client asks the user before it renews. */
  SESSION_ENDED: 714,
  /** The last sign-in is too long ago for this request: sign in again by wx.login, then repeat. */
  FRESH_LOGIN_REQUIRED: 715,
  /** The number belongs to another account that is not closed; the answer does not say whose. */
  PHONE_TAKEN: 716,
  /** Today's budget of paid calls to WeChat is spent. */
  PHONE_BUDGET_SPENT: 717,
  /** The code or data proves no number; the answer does not say why. */
  PHONE_CODE_INVALID: 718,
  /** The user has not agreed to this message, or not recently enough. */
  MESSAGE_NOT_ALLOWED: 719,
  /** WeChat's content check does not let this text pass. */
  CONTENT_REFUSED: 720,
  /** The file is no picture that can be used; the answer says why. */
  PICTURE_INVALID: 721,
  /** The invitation or link is unknown, used up, revoked or over; the answer does not say which. */
  LINK_INVALID: 724,
  /** A company needs an owner, and this is its last one. */
  LAST_OWNER: 725,
  /** The member hosts meetings that are still to come. */
  HAS_DUTIES: 726,
  /** The meeting is in another state than this needs, or will never be. */
  MEETING_STATE: 727,
  /** Another meeting has the room in a part of that time. */
  ROOM_TAKEN: 728,
  /** Too early or too late for this. */
  NOT_NOW: 729,
  /** The code is too old, of another server, or forged; one answer for all of them. */
  CHECK_IN_CODE_INVALID: 730,
  /** The caller is a member of the company and does not take part in the meeting. */
  NOT_INVITED: 731,
  /** A ballot was counted already, and this vote lets nobody replace it. */
  ALREADY_VOTED: 732,
  /** The meeting cannot end while a vote is open, unless it is closed with it. */
  VOTE_OPEN: 733,
  /** The caller is not, or no longer, among those who were entitled when the vote opened. */
  NOT_AN_ELECTOR: 734,
  /** Refused unseen, because the server has more to do than it can: nothing has happened. */
  OVERLOADED: 739,
} as const

export type ErrnoTable = typeof ERRNO
export type Errno = ErrnoTable[keyof ErrnoTable]
/** What a failed response of the server carries. */
export type ErrnoFailure = Exclude<Errno, 0>

/** The HTTP status that goes with each `errno`: one table, so that proxies and monitors see the truth. */
export const HTTP_STATUS = {
  [ERRNO.OK]: 200,
  [ERRNO.FAIL]: 500,
  [ERRNO.BAD_ARGUMENT]: 400,
  [ERRNO.BAD_VALUE]: 400,
  [ERRNO.UNLOGIN]: 401,
  [ERRNO.SYSTEM]: 500,
  [ERRNO.UNSUPPORTED]: 404,
  [ERRNO.STALE]: 409,
  [ERRNO.FORBIDDEN]: 403,
  [ERRNO.WX_CODE_INVALID]: 401,
  [ERRNO.WX_UNAVAILABLE]: 503,
  [ERRNO.WX_RISK_BLOCKED]: 403,
  [ERRNO.ACCOUNT_DISABLED]: 403,
  [ERRNO.WX_SESSION_EXPIRED]: 401,
  [ERRNO.TOO_MANY_REQUESTS]: 429,
  [ERRNO.UNAVAILABLE]: 503,
  [ERRNO.NOT_FOUND]: 404,
  [ERRNO.METHOD_NOT_ALLOWED]: 405,
  [ERRNO.PAYLOAD_TOO_LARGE]: 413,
  [ERRNO.UNSUPPORTED_MEDIA_TYPE]: 415,
  [ERRNO.HEADERS_TOO_LARGE]: 431,
  [ERRNO.URI_TOO_LONG]: 414,
  [ERRNO.SESSION_ENDED]: 401,
  [ERRNO.FRESH_LOGIN_REQUIRED]: 401,
  [ERRNO.PHONE_TAKEN]: 409,
  [ERRNO.PHONE_BUDGET_SPENT]: 429,
  [ERRNO.PHONE_CODE_INVALID]: 400,
  [ERRNO.MESSAGE_NOT_ALLOWED]: 409,
  [ERRNO.CONTENT_REFUSED]: 400,
  [ERRNO.PICTURE_INVALID]: 400,
  [ERRNO.LINK_INVALID]: 404,
  [ERRNO.LAST_OWNER]: 409,
  [ERRNO.HAS_DUTIES]: 409,
  [ERRNO.MEETING_STATE]: 409,
  [ERRNO.ROOM_TAKEN]: 409,
  [ERRNO.NOT_NOW]: 409,
  [ERRNO.CHECK_IN_CODE_INVALID]: 400,
  [ERRNO.NOT_INVITED]: 403,
  [ERRNO.ALREADY_VOTED]: 409,
  [ERRNO.VOTE_OPEN]: 409,
  [ERRNO.NOT_AN_ELECTOR]: 403,
  [ERRNO.OVERLOADED]: 503,
} as const satisfies Record<Errno, number>
