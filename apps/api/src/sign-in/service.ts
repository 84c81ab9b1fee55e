import type { LoginByWeixinRequest } from '@oa/contracts'
import { ERRNO } from '@oa/contracts'
import { WeChatError } from '@oa/wechat'
import { V7Generator } from 'uuidv7'
import type { Caller } from '../audit/caller.ts'
import type { AuditLog } from '../audit/service.ts'
import { accountDisabled, BusinessError, errnoName, hasErrno } from '../errors/business-error.ts'
import { toBusinessError } from '../errors/wechat-errors.ts'
import type { Background } from '../infra/background.ts'
import type { Clock } from '../infra/database/clock.ts'
import { randomPool } from '../infra/random-pool.ts'
import type { SessionKeySeal } from '../infra/sealing/session-key-seal.ts'
import type { AlertOperator } from '../infra/wechat/operator-alert.ts'
import type { WeChatIdentity } from '../infra/wechat/types.ts'
import type { WeChat } from '../infra/wechat/wechat.ts'
import type { Revocations } from '../sessions/revocation.ts'
import type { SessionWithUser } from '../sessions/session.ts'
import type { User } from '../users/user.ts'
import type { LoginLimit } from './login-limit.ts'
import type { NewProfile } from './new-profile.ts'
import { newProfile } from './new-profile.ts'
import type { NewSession, SignIn, SignInOutcome } from './sign-in.ts'
import { createSingleFlight } from './single-flight.ts'

type Deps = {
  appId: string
  limit: Pick<LoginLimit, 'identified'>
  lifetimes: { idleMs: number; absoluteMs: number; max: number }
  clock: Clock
  wechat: WeChat
  /** Everything that a sign-in writes, in one transaction. Two callers racing with a new user both succeed, with one row. */
  signIn(request: SignIn): Promise<SignInOutcome>
  /** Of a new user, who brought it along. */
  nameAdded(user: User): void
  seal: SessionKeySeal
  revocations: Revocations
  audit: AuditLog
  background: Background
  alertOperator: AlertOperator
}

/** `everywhere` is false while other nodes could not be told of the sessions that this one ended. */
export type SignedIn = SessionWithUser & { everywhere: boolean }

export type Login = {
  /** Rejects with the `BusinessError` that the user is to see. */
  loginByWeixin(request: LoginByWeixinRequest, caller: Caller): Promise<SignedIn>
}

export const createLogin = (deps: Deps): Login => {
  const share = createSingleFlight<SignedIn>({
    isSpentBy: (error) => hasErrno(error, ERRNO.WX_CODE_INVALID),
  })
  const identify = createIdentify(deps)
  const record = createRecord(deps)

  return {
    async loginByWeixin(request, caller) {
      const profile = newProfile(request.userInfo)
      return share(request, async () => {
        try {
          return await openSignIn(deps, await identify(request.code), { request, profile, caller })
        } catch (error) {
          if (isRefusal(error)) deps.background.run('recording', () => record(error, caller))
          throw error
        }
      })
    },
  }
}

/** Resolves the code to the user that WeChat issued it for. */
const createIdentify =
  ({ wechat, alertOperator }: Deps) =>
  async (code: string): Promise<WeChatIdentity> => {
    try {
      return await wechat.code2Session(code)
    } catch (error) {
      if (!(error instanceof WeChatError)) throw error
      alertOperator('signIn', error)
      throw toBusinessError('signIn', error)
    }
  }

type Attempt = { request: LoginByWeixinRequest; profile: NewProfile; caller: Caller }

const openSignIn = async (
  { appId, limit, lifetimes, clock, signIn, nameAdded, seal, revocations }: Deps,
  { openid, sessionKey, unionid }: WeChatIdentity,
  { request, profile, caller }: Attempt,
): Promise<SignedIn> => {
  await limit.identified({ appId, openid })
  const opened = openSession(request, caller, lifetimes, clock.now())
  const sealedSessionKey = seal.seal(sessionKey, { sessionId: opened.id, openid })
  const entry: SignIn = {
    appId,
    openid,
    unionid,
    profile,
    session: { ...opened, sealedSessionKey },
    maxSessions: lifetimes.max,
    requestId: caller.requestId,
  }
  const outcome = await signIn(entry).catch(async (error: unknown) => {
    await revocations.suspect({ openid })
    throw error
  })
  if (outcome.kind === 'refused') throw accountDisabled(outcome.user.statusReason)
  const { user, endedSessionIds } = outcome
  if (outcome.created && user.nickName === request.userInfo?.nickName) nameAdded(user)
  const everywhere =
    endedSessionIds.length === 0 || (await revocations.announce(user, endedSessionIds))
  const session = {
    ...opened,
    userId: user.id,
    lastSeenAt: opened.createdAt,
    endedAt: null,
    endedReason: null,
  }
  return { user, session, everywhere }
}

const sessionIds = new V7Generator(randomPool)

type Opened = Omit<NewSession, 'sealedSessionKey'>

const openSession = (
  { deviceId, deviceName }: LoginByWeixinRequest,
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

/** The refusal of a frozen account is recorded by `signIn` itself; a failure of our own is in the log. */
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
