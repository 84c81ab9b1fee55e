import { api } from '../config/api'
import { ERRNO } from '../net/errno'
import type { Failure } from '../net/failure'
import { read, remove, write } from '../utils/storage'
import { setAgreed } from './agreement'
import { forgetDevice } from './device'

/**
 * Stored with the session, so that it survives a restart: after a request to close the account
 * there must be no silent sign-in, since that would create a new account.
 */
const KEY = 'closing'
type Closing = 'asked' | 'unsure'

/** Whether the account may be closed: a request was sent, and no response says that it failed. */
export const mayBeClosed = (): boolean => read(KEY) !== undefined

/** Whether the response to a request to close the account was lost. */
export const isOutcomeUnknown = (): boolean => read(KEY) === 'unsure'

export const saveClosing = (state: Closing): void => write(KEY, state)

/** The account is known to be open. */
export const clearClosing = (): void => remove(KEY)

/** After an account was closed: what would link the next one to it, or agree in its place. */
export const forgetOwner = (): void => {
  forgetDevice()
  setAgreed(false)
}

/** Whether the session ended with its account. The first request to close may renew its session. */
export const endedWithAccount = ({ errno }: Failure, path: string): boolean =>
  errno === ERRNO.UNLOGIN && (isOutcomeUnknown() || (mayBeClosed() && path !== api.closeAccount))
