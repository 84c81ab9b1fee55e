import type { LoginByWeixinRequest } from '@oa/contracts'
import { ERRNO } from '@oa/contracts'
import { WeChatError } from '@oa/wechat'
import { V7Generator } from 'uuidv7'
import type { Caller } from '../audit/caller.ts'
import type { AuditLog } from '../audit/service.ts'
import { accountDisabled, BusinessError, errnoName } from '../errors/business-error.ts'
import { toBusinessError } from '../errors/wechat-errors.ts'
import type { Background } from '../infra/background.ts'
import type { Clock } from '../infra/database/clock.ts'
import { randomPool } from '../infra/random-pool.ts'
import type { SessionKeySeal } from '../infra/sealing/session-key-seal.ts'
import type { AlertOperator } from '../infra/wechat/operator-alert.ts'
import type { WeChatIdentity } from '../infra/wechat/types.ts'
import type { WeChat } from '../infra/wechat/wechat.ts'
import type { Revocations } from '../sessions/revocation.ts'
import type { Session, SessionWithUser } from '../sessions/session.ts'
import { isPlaceholderName } from '../users/placeholder-name.ts'
import type { User } from '../users/user.ts'
import type { LoginLimit } from './login-limit.ts'
import type { NewProfile } from './new-profile.ts'
import type { NewSession, SignIn, SignInOutcome } from './sign-in.ts'

type Deps = {
  limit: Pick<LoginLimit, 'identified'>
  /** Who invited a user, in case they are new; null when nobody did. */
  findInviter(
    shareId: string | undefined,
    invited: { appId: string; openid: string },
  ): Promise<number | null>
  /** Of a new user, who brought it along. */
  nameAdded(user: User): void
  /** Of a user who was here before, on a device without a live session. */
  signedInAnew(user: User, session: Session): void
  lifetimes: { idleMs: number; absoluteMs: number; max: number }
  clock: Clock
  wechats: { of(appId: string): Pick<WeChat, 'code2Session'> }
  seal: SessionKeySeal
  revocations: Revocations
  audit: AuditLog
  background: Background
  alertOperator: AlertOperator
}

/** `everywhere` is false while other nodes could not be told of the sessions that this one ended. */
export type SignedIn = SessionWithUser & { everywhere: boolean }

export type Attempt = {
  request: Pick<LoginByWeixinRequest, 'code' | 'deviceId' | 'deviceName' | 'shareId' | 'agreement'>
  profile: NewProfile
  caller: Caller
}

/** Everything that a sign-in writes, in one transaction. Two callers racing with a new user both succeed, with one row. */
export type WriteSignIn = (request: SignIn) => Promise<SignInOutcome>

/**
 * What a way of signing in does once WeChat has named the user and the limits are kept, before anything
 * is written; resolves to the transaction. A rejection refuses the sign-in.
 */
export type Prepare = (identity: WeChatIdentity) => Promise<WriteSignIn>

export type AttemptSignIn = ReturnType<typeof createAttempt>

/**
 * One sign-in by a code of `wx.login`: what every way of signing in has in common. Rejects with the
 * `BusinessError` that the user is to see.
 */
export const createAttempt = (deps: Deps) => {
  const identify = createIdentify(deps)
  const record = createRecord(deps)

  return async (attempt: Attempt, prepare: Prepare): Promise<SignedIn> => {
    try {
      const signedIn = await openSignIn(deps, await identify(attempt), { attempt, prepare })
      deps.audit.count({ kind: 'login', outcome: 'ok' })
      return signedIn
    } catch (error) {
      if (isRefusal(error)) deps.background.run('recording', () => record(error, attempt.caller))
      throw error
    }
  }
}

/** Resolves the code to the user that WeChat issued it for. */
const createIdentify =
  ({ wechats, alertOperator }: Deps) =>
  async ({ request: { code }, caller: { appId } }: Attempt): Promise<WeChatIdentity> => {
    try {
      return await wechats.of(appId).code2Session(code)
    } catch (error) {
      if (!(error instanceof WeChatError)) throw error
      alertOperator('signIn', error, appId)
      throw toBusinessError('signIn', error)
    }
  }

const openSignIn = async (
  { limit, findInviter, nameAdded, signedInAnew, lifetimes, clock, seal, revocations, audit }: Deps,
  identity: WeChatIdentity,
  { attempt: { request, profile, caller }, prepare }: { attempt: Attempt; prepare: Prepare },
): Promise<SignedIn> => {
  const { openid, sessionKey, unionid } = identity
  const { appId } = caller
  await limit.identified({ appId, openid })
  const write = await prepare(identity)
  const shareUserId = await findInviter(request.shareId, { appId, openid })
  const opened = openSession(request, caller, lifetimes, clock.now())
  const sealedSessionKey = seal.seal(sessionKey, { sessionId: opened.id, openid })
  const entry: SignIn = {
    appId,
    openid,
    unionid,
    profile,
    shareUserId,
    session: { ...opened, sealedSessionKey },
    agreement: request.agreement ?? null,
    maxSessions: lifetimes.max,
    requestId: caller.requestId,
  }
  const outcome = await write(entry).catch(async (error: unknown) => {
    // A refusal has written nothing; of any other failure the outcome may be unknown.
    if (!(error instanceof BusinessError)) await revocations.suspect({ openid })
    throw error
  })
  if (outcome.kind === 'refused') {
    audit.count({ kind: 'login_refused', outcome: errnoName(ERRNO.ACCOUNT_DISABLED) })
    throw accountDisabled(outcome.user.statusReason)
  }
  const { user, endedSessionIds } = outcome
  if (outcome.created && !isPlaceholderName(user.nickName)) nameAdded(user)
  const everywhere =
    endedSessionIds.length === 0 || (await revocations.announce(user, endedSessionIds))
  const session = {
    ...opened,
    userId: user.id,
    lastSeenAt: opened.createdAt,
    endedAt: null,
    endedReason: null,
  }
  if (!outcome.created && !outcome.wasSignedInHere) signedInAnew(user, session)
  return { user, session, everywhere }
}

const sessionIds = new V7Generator(randomPool)

type Opened = Omit<NewSession, 'sealedSessionKey'>

const openSession = (
  { deviceId, deviceName }: Attempt['request'],
  { ip, userAgent }: Caller,
  { idleMs, absoluteMs }: Deps['lifetimes'],
  now: number,
): Opened => {
  return {
    id: sessionIds.generate().toString(),
    deviceId: deviceId ?? null,
    deviceName: deviceName ?? '',
    ip,
    userAgent,
    createdAt: new Date(now),
    idleExpiresAt: new Date(now + Math.min(idleMs, absoluteMs)),
    absoluteExpiresAt: new Date(now + absoluteMs),
  }
}

/** The refusal of a frozen account is recorded where it is found; a failure of our own is in the log. */
const isRefusal = (error: unknown): error is BusinessError =>
  error instanceof BusinessError && error.errno !== ERRNO.ACCOUNT_DISABLED

const createRecord =
  ({ audit }: Deps) =>
  ({ errno }: BusinessError, caller: Caller) =>
    audit.record(
      { kind: 'login_refused', outcome: errnoName(errno) },
      { user: null, session: null },
      caller,
    )
