import type { LoginEvent } from '../audit/login-event.ts'
import { INSERT_LOGIN_EVENTS } from '../audit/sql.ts'
import type { Engine } from '../infra/database/engine.ts'
import type { Pipeline } from '../infra/database/pipeline.ts'
import type { SignIn, SignInOutcome } from '../sign-in/sign-in.ts'
import { signInAll } from '../sign-in/sql.ts'
import { BIND_NUMBER, SELECT_OWNERS } from './statements.ts'

/** `taken`: the number belongs to another account of the app that is not closed; nothing was written. */
export type PhoneSignInOutcome = SignInOutcome | { kind: 'taken' }

/** Undoes the transaction. */
class NumberTaken extends Error {
  override readonly name = 'NumberTaken'
}

/**
 * Signs in and binds the number in one transaction of its own: refused, it must leave nothing behind,
 * which a transaction shared with others could not promise them.
 */
export const createPhoneSignIn =
  (engine: Engine) =>
  async (request: SignIn, phone: string): Promise<PhoneSignInOutcome> => {
    try {
      return await engine.pipeline((pipeline) => signInWithNumber(pipeline, request, phone))
    } catch (error) {
      if (error instanceof NumberTaken) return { kind: 'taken' }
      throw error
    }
  }

const signInWithNumber = async (pipeline: Pipeline, request: SignIn, phone: string) => {
  const [outcome] = await signInAll(pipeline, [request])
  if (outcome === undefined) throw new Error('the sign-in has no outcome')
  if (outcome.kind === 'refused') return outcome
  const userId = outcome.user.id
  const owners = await pipeline.query(SELECT_OWNERS, [{ appId: request.appId, phone }])
  if (owners.some((owner) => Number(owner.userId) !== userId)) throw new NumberTaken()
  const at = request.session.createdAt
  pipeline.send(BIND_NUMBER, [{ appId: request.appId, phone, userId, at }])
  pipeline.send(INSERT_LOGIN_EVENTS, [boundEvent(request, userId)])
  return outcome
}

const boundEvent = ({ appId, session, requestId }: SignIn, userId: number): LoginEvent => ({
  at: session.createdAt,
  kind: 'phone_bound',
  outcome: 'ok',
  appId,
  userId,
  sessionId: session.id,
  ip: session.ip,
  userAgent: session.userAgent,
  requestId,
})
