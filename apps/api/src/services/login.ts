import type { LoginByWeixinRequest } from '@oa/contracts'
import { ERRNO } from '@oa/contracts'
import { uuidv7 } from 'uuidv7'
import { accountDisabled, BusinessError, errnoName } from '../errors.ts'
import type { KnownSession } from '../ports/session-cache.ts'
import type { NewSession, SessionStore } from '../ports/sessions.ts'
import type { WeChat, WeChatIdentity } from '../ports/wechat.ts'
import { WeChatFailure } from '../ports/wechat.ts'
import type { SessionKeySeal } from '../security/session-key-seal.ts'
import type { Alarm } from './alarm.ts'
import type { Audit } from './audit.ts'
import type { Background } from './background.ts'
import type { Caller } from './caller.ts'
import type { NewProfile } from './claimed-profile.ts'
import { newProfile } from './claimed-profile.ts'
import { createCodeFlights } from './code-flights.ts'
import { toBusinessError } from './login-failures.ts'
import type { Revocations } from './revocations.ts'

type Deps = {
  appId: string
  lifetimes: { idleMs: number; absoluteMs: number; max: number }
  wechat: WeChat
  sessions: Pick<SessionStore, 'signIn'>
  seal: SessionKeySeal
  revocations: Revocations
  audit: Audit
  background: Background
  alarm: Alarm
}

export type Login = {
  /** Rejects with the `BusinessError` that the person is to see. */
  loginByWeixin(request: LoginByWeixinRequest, caller: Caller): Promise<KnownSession>
}

export const createLogin = (deps: Deps): Login => {
  const share = createCodeFlights<KnownSession>()
  const identify = createIdentify(deps)
  const record = createRecord(deps)

  return {
    async loginByWeixin(request, caller) {
      const profile = newProfile(request.userInfo)
      return share(request, async () => {
        try {
          return await signIn(deps, await identify(request.code), { request, profile, caller })
        } catch (error) {
          if (isRefusal(error)) deps.background.run('recording', () => record(error, caller))
          throw error
        }
      })
    },
  }
}

/** Who the code belongs to. */
const createIdentify =
  ({ wechat, alarm }: Deps) =>
  async (code: string): Promise<WeChatIdentity> => {
    try {
      return await wechat.code2Session(code)
    } catch (error) {
      if (!(error instanceof WeChatFailure)) throw error
      alarm(error)
      throw toBusinessError(error)
    }
  }

type Attempt = { request: LoginByWeixinRequest; profile: NewProfile; caller: Caller }

const signIn = async (
  { appId, lifetimes, sessions, seal, revocations }: Deps,
  { openid, sessionKey, unionid }: WeChatIdentity,
  { request, profile, caller }: Attempt,
): Promise<KnownSession> => {
  const opened = openSession(request, caller, lifetimes)
  const sealedSessionKey = seal.seal(sessionKey, { sessionId: opened.id, openid })
  const outcome = await sessions.signIn({
    appId,
    openid,
    unionid,
    profile,
    session: { ...opened, sealedSessionKey },
    maxSessions: lifetimes.max,
    requestId: caller.requestId,
  })
  if (outcome.kind === 'refused') throw accountDisabled(outcome.user.statusReason)
  await revocations.announce(outcome.endedSessionIds)
  const { user } = outcome
  const { createdAt: lastSeenAt } = opened
  return {
    user,
    session: { ...opened, userId: user.id, lastSeenAt, endedAt: null, endedReason: null },
  }
}

type Opened = Omit<NewSession, 'sealedSessionKey'>

const openSession = (
  { deviceId, deviceName }: LoginByWeixinRequest,
  { ip, userAgent }: Caller,
  { idleMs, absoluteMs }: Deps['lifetimes'],
): Opened => {
  const now = Date.now()
  return {
    id: uuidv7(),
    deviceId: deviceId ?? null,
    deviceName: deviceName ?? '',
    ip,
    userAgent,
    createdAt: new Date(now),
    idleExpiresAt: new Date(now + Math.min(idleMs, absoluteMs)),
    absoluteExpiresAt: new Date(now + absoluteMs),
  }
}

/** Of a refused account `signIn` itself has kept a record; a failure of our own is in the log. */
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
