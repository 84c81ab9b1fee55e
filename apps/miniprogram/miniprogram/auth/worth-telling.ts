import { actionFor } from '../net/errno-actions'
import type { Failure } from '../net/failure'
import { readSession } from './session'

/** Not when the user signed out meanwhile: then a request could only fail. */
export const isWorthTelling = (failure: Failure): boolean =>
  readSession() !== undefined || actionFor(failure) === 'signOut'
