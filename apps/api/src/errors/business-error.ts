import type { Errno, ErrnoFailure } from '@oa/contracts'
import { ERRNO, HTTP_STATUS } from '@oa/contracts'
import { TEXTS } from './texts.ts'

type FailureOptions = ErrorOptions & {
  /** Which text of several it is, by its name in `TEXTS`; for clients in another language. */
  reason?: string
  /** Becomes the header Retry-After. */
  retryAfterSeconds?: number | undefined
}

const WECHAT_RETRY_SECONDS = 5

/** A failure that the caller may see. Any other error is a bug and leaves the server as errno 502. */
export class BusinessError extends Error {
  override readonly name = 'BusinessError'
  readonly errno: ErrnoFailure
  readonly statusCode: number
  readonly retryAfterSeconds: number | undefined
  readonly reason: string | undefined

  /** `errmsg` is one of `TEXTS`, or names a field; it holds nothing that came from outside unchecked. */
  constructor(errno: ErrnoFailure, errmsg: string, options: FailureOptions = {}) {
    super(errmsg, options)
    this.errno = errno
    this.statusCode = HTTP_STATUS[errno]
    this.retryAfterSeconds = options.retryAfterSeconds
    this.reason = options.reason
  }
}

export const badArgument = (text: keyof typeof TEXTS.BAD_ARGUMENT, options?: ErrorOptions) =>
  new BusinessError(ERRNO.BAD_ARGUMENT, TEXTS.BAD_ARGUMENT[text], options)

export const unlogin = (options?: ErrorOptions) =>
  new BusinessError(ERRNO.UNLOGIN, TEXTS.UNLOGIN.noSession, options)

/** Another service called without a valid token of its own. */
export const serviceTokenInvalid = () =>
  new BusinessError(ERRNO.UNLOGIN, TEXTS.UNLOGIN.serviceToken)

/** The session was ended from elsewhere; a client that renews sessions by itself leaves this one. */
export const sessionEnded = (errmsg: string) => new BusinessError(ERRNO.SESSION_ENDED, errmsg)

/** What was asked needs a sign-in that has just happened. */
export const freshLoginRequired = () =>
  new BusinessError(ERRNO.FRESH_LOGIN_REQUIRED, TEXTS.FRESH_LOGIN_REQUIRED.tooOld)

/** The account is frozen or closed; `told` is what its owner may be told, by an operator or by a code. */
export const accountDisabled = (told: string | null) => {
  const errmsg = told ?? TEXTS.ACCOUNT_DISABLED.other
  // Words that an operator wrote have no name: they are shown as they are, in every language.
  const named = Object.entries(TEXTS.ACCOUNT_DISABLED).find(([, text]) => text === errmsg)
  return new BusinessError(
    ERRNO.ACCOUNT_DISABLED,
    errmsg,
    named === undefined ? {} : { reason: named[0] },
  )
}

/** The code was used, by this server, just before. */
export const codeSpent = () =>
  new BusinessError(ERRNO.WX_CODE_INVALID, TEXTS.WX_CODE_INVALID.refused)

/** Another sign-in with the same code is under way. */
export const codeInUse = () => new BusinessError(ERRNO.WX_CODE_INVALID, TEXTS.WX_CODE_INVALID.inUse)

/** One answer for every proof that proves nothing: the difference would help an attacker. */
export const phoneCodeInvalid = (options?: ErrorOptions) =>
  new BusinessError(ERRNO.PHONE_CODE_INVALID, TEXTS.PHONE_CODE_INVALID.invalid, options)

/** WeChat's key went with the session, or was sealed with a key of ours that is gone. */
export const sessionKeyGone = (options?: ErrorOptions) =>
  new BusinessError(ERRNO.WX_SESSION_EXPIRED, TEXTS.WX_SESSION_EXPIRED.keyGone, options)

export const phoneTaken = () => new BusinessError(ERRNO.PHONE_TAKEN, TEXTS.PHONE_TAKEN.taken)

/** The budget is the user's own, or that of all users together; it is given again in `ttlMs`. */
export const phoneBudgetSpent = (whose: 'own' | 'all', ttlMs: number) =>
  new BusinessError(ERRNO.PHONE_BUDGET_SPENT, TEXTS.PHONE_BUDGET_SPENT[whose], {
    retryAfterSeconds: Math.ceil(ttlMs / 1_000),
  })

/** The limit counts anew in `ttlMs`. */
export const tooManyRequests = (text: keyof typeof TEXTS.TOO_MANY_REQUESTS, ttlMs: number) =>
  new BusinessError(ERRNO.TOO_MANY_REQUESTS, TEXTS.TOO_MANY_REQUESTS[text], {
    retryAfterSeconds: Math.ceil(ttlMs / 1_000),
  })

/** The profile was changed since the caller read it. */
export const staleProfile = () => new BusinessError(ERRNO.STALE, TEXTS.STALE.profile)

export const unknownTemplate = () => new BusinessError(ERRNO.BAD_VALUE, TEXTS.BAD_VALUE.template)
/** Somebody else changed it since the caller read it. */
export const staleOrg = () => new BusinessError(ERRNO.STALE, TEXTS.STALE.org)

/** WeChat lets the text not pass. */
export const contentRefused = (text: keyof typeof TEXTS.CONTENT_REFUSED = 'name') =>
  new BusinessError(ERRNO.CONTENT_REFUSED, TEXTS.CONTENT_REFUSED[text])

export const badValue = (text: keyof typeof TEXTS.BAD_VALUE) =>
  new BusinessError(ERRNO.BAD_VALUE, TEXTS.BAD_VALUE[text], { reason: text })

export const forbidden = (text: keyof typeof TEXTS.FORBIDDEN) =>
  new BusinessError(ERRNO.FORBIDDEN, TEXTS.FORBIDDEN[text], { reason: text })

/** One answer for every invitation that lets nobody in. */
export const invitationInvalid = () =>
  new BusinessError(ERRNO.LINK_INVALID, TEXTS.LINK_INVALID.invitation)

/** WeChat is needed for this, and cannot be asked. */
export const wechatAway = () =>
  new BusinessError(ERRNO.WX_UNAVAILABLE, TEXTS.WX_UNAVAILABLE.away, {
    retryAfterSeconds: WECHAT_RETRY_SECONDS,
  })

export const hasDuties = (whose: keyof typeof TEXTS.HAS_DUTIES = 'hosts') =>
  new BusinessError(ERRNO.HAS_DUTIES, TEXTS.HAS_DUTIES[whose], { reason: whose })

export const staleMeeting = () => new BusinessError(ERRNO.STALE, TEXTS.STALE.meeting)

export const meetingState = (text: keyof typeof TEXTS.MEETING_STATE = 'other') =>
  new BusinessError(ERRNO.MEETING_STATE, TEXTS.MEETING_STATE[text])

export const voteState = () => new BusinessError(ERRNO.MEETING_STATE, TEXTS.MEETING_STATE.vote)

export const staleVote = () => new BusinessError(ERRNO.STALE, TEXTS.STALE.vote)

/** A ballot of the caller counts already. */
export const alreadyVoted = () =>
  new BusinessError(ERRNO.ALREADY_VOTED, TEXTS.ALREADY_VOTED.counted)

export const voteOpen = () => new BusinessError(ERRNO.VOTE_OPEN, TEXTS.VOTE_OPEN.open)

export const notAnElector = (text: keyof typeof TEXTS.NOT_AN_ELECTOR) =>
  new BusinessError(ERRNO.NOT_AN_ELECTOR, TEXTS.NOT_AN_ELECTOR[text])

export const roomTaken = () => new BusinessError(ERRNO.ROOM_TAKEN, TEXTS.ROOM_TAKEN.taken)

export const notNow = (text: keyof typeof TEXTS.NOT_NOW) =>
  new BusinessError(ERRNO.NOT_NOW, TEXTS.NOT_NOW[text], { reason: text })

/** One answer for every code that does not check in: the difference would help who forges one. */
export const checkInCodeInvalid = () =>
  new BusinessError(ERRNO.CHECK_IN_CODE_INVALID, TEXTS.CHECK_IN_CODE_INVALID.invalid)

export const notInvited = () => new BusinessError(ERRNO.NOT_INVITED, TEXTS.NOT_INVITED.meeting)

/** One answer for every link that shows nothing. */
export const screenInvalid = () => new BusinessError(ERRNO.LINK_INVALID, TEXTS.LINK_INVALID.screen)

export const lastOwner = (text: keyof typeof TEXTS.LAST_OWNER = 'member') =>
  new BusinessError(ERRNO.LAST_OWNER, TEXTS.LAST_OWNER[text], { reason: text })

export const pictureInvalid = (text: keyof typeof TEXTS.PICTURE_INVALID, options?: ErrorOptions) =>
  new BusinessError(ERRNO.PICTURE_INVALID, TEXTS.PICTURE_INVALID[text], options)

/** Something that this server needs is away for now. */
export const unavailable = (retryAfterSeconds: number, { cause }: ErrorOptions) =>
  new BusinessError(ERRNO.UNAVAILABLE, TEXTS.UNAVAILABLE.away, { cause, retryAfterSeconds })

export const notFound = () => new BusinessError(ERRNO.NOT_FOUND, TEXTS.NOT_FOUND.missing)

/** Whether it is the failure with this errno. */
export const hasErrno = (error: unknown, errno: ErrnoFailure): boolean =>
  error instanceof BusinessError && error.errno === errno

/** The name of an errno, as login events and logs spell it. */
export const errnoName = (errno: Errno): string =>
  Object.entries(ERRNO).find(([, number]) => number === errno)?.[0] ?? String(errno)
