import type { Errno, ErrnoFailure } from '@oa/contracts'
import { ERRNO, HTTP_STATUS } from '@oa/contracts'

type FailureOptions = ErrorOptions & {
  /** Becomes the header Retry-After. */
  retryAfterSeconds?: number
}

/** A failure that the caller may see. Any other error is a bug and leaves the server as errno 502. */
export class BusinessError extends Error {
  override readonly name = 'BusinessError'
  readonly errno: ErrnoFailure
  readonly statusCode: number
  readonly retryAfterSeconds: number | undefined

  /** `errmsg` is for people, in Chinese, and holds nothing that came from outside unchecked. */
  constructor(errno: ErrnoFailure, errmsg: string, options: FailureOptions = {}) {
    super(errmsg, options)
    this.errno = errno
    this.statusCode = HTTP_STATUS[errno]
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}

export const unlogin = (options?: ErrorOptions) =>
  new BusinessError(ERRNO.UNLOGIN, '请登录', options)

/** The session was ended from elsewhere; a client that renews sessions by itself leaves this one. */
export const sessionEnded = (errmsg: string) => new BusinessError(ERRNO.SESSION_ENDED, errmsg)

/** The account is frozen or closed; `reason` is what its owner may be told. */
export const accountDisabled = (reason: string | null) =>
  new BusinessError(ERRNO.ACCOUNT_DISABLED, reason ?? '账号已停用')

export const notFound = () => new BusinessError(ERRNO.NOT_FOUND, '没有找到')

/** The name of an errno, as login events and logs spell it. */
export const errnoName = (errno: Errno): string =>
  Object.entries(ERRNO).find(([, number]) => number === errno)?.[0] ?? String(errno)
