import type { Ok } from '@oa/contracts'
import { actionFor } from '../net/errno-actions'
import type { Failure } from '../net/failure'
import { toFailure } from '../net/failure'
import type { Exchange } from '../net/http'
import { exchange } from '../net/http'
import { endedWithAccount, forgetOwner } from './closing'
import { forgetSession, readSession, signInCount } from './session'
import { signIn } from './sign-in'

type Call = Omit<Exchange, 'token'>

/**
 * Sends a request with the token of the signed-in user, if any. When a new sign-in can help, signs
 * in again silently and repeats the request once; a guest is never signed in. Forgets a session
 * that is over. Rejects with a `Failure`.
 */
export const exchangeWithRenewal = async <T>(call: Call): Promise<Ok<T>> => {
  const token = readSession()?.token
  const before = signInCount()
  try {
    return await exchange<T>({ ...call, token })
  } catch (cause) {
    const failure = toFailure(cause)
    if (!token) throw failure
    if (endedWithAccount(failure, call.path)) {
      forgetSessionOf(token)
      forgetOwner()
      throw failure
    }
    const action = actionFor(failure)
    if (action === 'renewSession' || action === 'signInAgain')
      return replay<T>(call, before, failure)
    if (action === 'signOut') forgetSessionOf(token)
    throw failure
  }
}

/** Another request may have renewed the session meanwhile, or the user may have logged out. */
const replay = async <T>(call: Call, before: number, failure: Failure): Promise<Ok<T>> => {
  const current = readSession()?.token
  if (current && signInCount() === before) await renew(current)
  const token = readSession()?.token
  if (!token) throw failure
  try {
    return await exchange<T>({ ...call, token })
  } catch (cause) {
    const secondFailure = toFailure(cause)
    const action = actionFor(secondFailure)
    if (action === 'renewSession' || action === 'signOut') forgetSessionOf(token)
    throw secondFailure
  }
}

const renew = async (refused: string) => {
  try {
    await signIn()
  } catch (cause) {
    const failure = toFailure(cause)
    if (actionFor(failure) === 'signOut') forgetSessionOf(refused)
    throw failure
  }
}

/** Only the session of this token: another sign-in may have replaced it meanwhile. */
const forgetSessionOf = (token: string) => {
  if (readSession()?.token === token) forgetSession()
}
