import type { Ok } from '@oa/contracts'
import { FRESH_LOGIN_REQUIRED, UNLOGIN, WX_SESSION_EXPIRED } from '../net/errno'
import type { Failure } from '../net/failure'
import { isFinal, toFailure } from '../net/failure'
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
      giveUpIf(true, token)
      forgetDevice()
      throw failure
    }
    if (RENEWABLE.has(failure.errno)) return replay<T>(call, before, failure)
    giveUpIf(isFinal(failure), token)
    throw failure
  }
}

/** What a new sign-in, which nobody has to notice, puts right. */
const RENEWABLE = new Set<number>([UNLOGIN, WX_SESSION_EXPIRED, FRESH_LOGIN_REQUIRED])

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
    giveUpIf(again.errno === UNLOGIN || isFinal(again), token)
    throw again
  }
}

const renew = async (refused: string) => {
  try {
    await signIn()
  } catch (cause) {
    const failure = toFailure(cause)
    giveUpIf(isFinal(failure), refused)
    throw failure
  }
}

const giveUpIf = (over: boolean, token: string) => {
  if (over && readSession()?.token === token) forgetSession()
}
