import type { Ok } from '@oa/contracts'
import { actionFor } from '../net/errno-actions'
import type { Failure } from '../net/failure'
import { toFailure } from '../net/failure'
import type { Exchange } from '../net/http'
import { exchange } from '../net/http'
import { isGone } from './closing'
import { forgetDevice } from './device'
import { forgetSession, readSession, timesSignedIn } from './session'
import { signIn } from './sign-in'

type Call = Omit<Exchange, 'token'>

/**
 * Sends a request with the token of the user who is signed in, if any. Where a new sign-in puts a
 * refusal right, signs in again silently and repeats the request once; a session that is over for
 * good is forgotten. Rejects with a `Failure`.
 */
export const exchangeWithRenewal = async <T>(call: Call): Promise<Ok<T>> => {
  const token = readSession()?.token
  const before = timesSignedIn()
  try {
    return await exchange<T>({ ...call, token })
  } catch (cause) {
    const failure = toFailure(cause)
    if (!token) throw failure
    if (isGone(failure, call.path)) {
      giveUp(token)
      forgetDevice()
      throw failure
    }
    const action = actionFor(failure)
    if (action === 'renewSession' || action === 'signInAgain')
      return replay<T>(call, before, failure)
    if (action === 'signOut') giveUp(token)
    throw failure
  }
}

/** Other requests may have renewed the session already, or a person may have logged out meanwhile. */
const replay = async <T>(call: Call, before: number, failure: Failure): Promise<Ok<T>> => {
  const current = readSession()?.token
  if (current && timesSignedIn() === before) await renew(current)
  const token = readSession()?.token
  if (!token) throw failure
  try {
    return await exchange<T>({ ...call, token })
  } catch (cause) {
    const again = toFailure(cause)
    const action = actionFor(again)
    if (action === 'renewSession' || action === 'signOut') giveUp(token)
    throw again
  }
}

const renew = async (refused: string) => {
  try {
    await signIn()
  } catch (cause) {
    const failure = toFailure(cause)
    if (actionFor(failure) === 'signOut') giveUp(refused)
    throw failure
  }
}

/** Another sign-in may have replaced the session meanwhile: that one stays. */
const giveUp = (token: string) => {
  if (readSession()?.token === token) forgetSession()
}
