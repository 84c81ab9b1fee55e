import type { BindPhoneRequest, BindPhoneResult } from '@oa/contracts'
import { ERRNO } from '@oa/contracts'
import type { Caller } from '../audit/caller.ts'
import type { Audit } from '../audit/service.ts'
import { accountDisabled, BusinessError, errnoName } from '../errors/business-error.ts'
import type { Alarm } from '../infra/wechat/operator-alert.ts'
import type { WeChat, WeChatPhone } from '../infra/wechat/types.ts'
import { WeChatFailure } from '../infra/wechat/types.ts'
import { requireFreshSignIn } from '../sessions/recent-login.ts'
import type { Sessions } from '../sessions/service.ts'
import type { SessionStore } from '../sessions/session.ts'
import type { KnownSession } from '../sessions/session-cache.ts'
import type { SessionKeySeal } from '../sessions/session-key-seal.ts'
import type { UserStore } from '../users/user.ts'
import type { PhoneBudget } from './budget.ts'
import { phoneCodeInvalid, phoneTaken, sessionKeyGone, toPhoneFailure } from './failures.ts'
import { maskPhone, writePhone } from './number.ts'

type Deps = {
  wechat: Pick<WeChat, 'getPhoneNumber' | 'decryptPhoneNumber'>
  users: Pick<UserStore, 'bindPhone' | 'findPhone'>
  keys: Pick<SessionStore, 'findSealedSessionKey'>
  seal: SessionKeySeal
  sessions: Pick<Sessions, 'endOthers'>
  budget: PhoneBudget
  audit: Audit
  alarm: Alarm
}

export type Phones = {
  /** Binds the number that WeChat vouches for; rejects with what the person is to see. */
  bind(known: KnownSession, request: BindPhoneRequest, caller: Caller): Promise<BindPhoneResult>
  /** The person's number as it may be shown; null when there is none. */
  findMasked(userId: number): Promise<string | null>
}

export const createPhones = (deps: Deps): Phones => {
  const { users, sessions, audit } = deps
  return {
    async bind(known, request, caller) {
      const proof = readProof(request)
      try {
        const phone = writePhone(await prove(deps, known, proof))
        await store(users, known, phone)
        await audit.record({ kind: 'phone_bound', outcome: 'ok' }, known, caller)
        const others = request.endOtherSessions && (await sessions.endOthers(known, caller))
        return { mobile: maskPhone(phone), endedSessions: others ? others.ended : 0 }
      } catch (error) {
        if (error instanceof BusinessError) {
          const what = { kind: 'phone_refused', outcome: errnoName(error.errno) } as const
          await audit.record(what, known, caller)
        }
        throw error
      }
    },
    async findMasked(userId) {
      const phone = await users.findPhone(userId)
      return phone === null ? null : maskPhone(phone)
    },
  }
}

type Proof = { code: string } | { encryptedData: string; iv: string }

const readProof = ({ code, encryptedData, iv }: BindPhoneRequest): Proof => {
  const hasData = encryptedData !== undefined || iv !== undefined
  if (code !== undefined && !hasData) return { code }
  if (code === undefined && encryptedData !== undefined && iv !== undefined) {
    return { encryptedData, iv }
  }
  throw new BusinessError(ERRNO.BAD_ARGUMENT, '参数错误：需要 code，或 encryptedData 和 iv')
}

/** The number, once it is certain that it is the caller's own and that he is there now. */
const prove = async (deps: Deps, known: KnownSession, proof: Proof): Promise<WeChatPhone> => {
  requireFreshSignIn(known)
  return 'code' in proof ? askWeChat(deps, known, proof.code) : decrypt(deps, known, proof)
}

const askWeChat = async ({ wechat, budget, alarm }: Deps, { user }: KnownSession, code: string) => {
  try {
    return await budget.spend(user.id, () => wechat.getPhoneNumber(code, user.openid))
  } catch (error) {
    if (!(error instanceof WeChatFailure)) throw error
    alarm(error)
    throw toPhoneFailure(error)
  }
}

const decrypt = async (
  { wechat, keys, seal, budget }: Deps,
  { session, user }: KnownSession,
  data: { encryptedData: string; iv: string },
) => {
  await budget.countDecryption(user.id)
  const sealed = await keys.findSealedSessionKey(session.id)
  if (sealed === null) throw sessionKeyGone()
  const sessionKey = openSeal(seal, sealed, { sessionId: session.id, openid: user.openid })
  const phone = wechat.decryptPhoneNumber({ sessionKey, ...data })
  if (phone === null) throw phoneCodeInvalid()
  return phone
}

const openSeal = (seal: SessionKeySeal, ...[sealed, owner]: Parameters<SessionKeySeal['open']>) => {
  try {
    return seal.open(sealed, owner)
  } catch (cause) {
    throw sessionKeyGone({ cause })
  }
}

const store = async (users: Deps['users'], { user }: KnownSession, phone: string) => {
  const outcome = await users.bindPhone({ userId: user.id, phone, at: new Date() })
  if (outcome === 'taken') throw phoneTaken()
  if (outcome === 'refused') throw accountDisabled(user.statusReason)
}
