import { api } from '../config/api'
import { ERRNO } from '../net/errno'
import type { Failure } from '../net/failure'
import { read, remove, write } from '../utils/storage'

/**
 * Stored with the session, so that it outlives a restart: whoever was asked to close an account must
 * not sign in again unseen, since that would open a new one.
 */
const KEY = 'closing'
type Closing = 'asked' | 'unsure'

/** Whether the account may be closed by now: it was asked for, and no answer says no. */
export const mayBeClosed = (): boolean => read(KEY) !== undefined

/** Whether an earlier answer was lost. */
export const isUnsure = (): boolean => read(KEY) === 'unsure'

export const noteClosing = (state: Closing): void => write(KEY, state)

/** The account is open for sure. */
export const noteOpen = (): void => remove(KEY)

/** A session that ended together with its account. The first request to close may renew its own. */
export const isGone = ({ errno }: Failure, path: string): boolean =>
  errno === ERRNO.UNLOGIN && (isUnsure() || (mayBeClosed() && path !== api.closeAccount))
