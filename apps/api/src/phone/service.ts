import { WeChatError } from '@oa/wechat'
import type { Caller } from '../audit/caller.ts'
import type { AuditLog } from '../audit/service.ts'
import {
  accountDisabled,
  BusinessError,
  errnoName,
  phoneCodeInvalid,
  phoneTaken,
  sessionKeyGone,
} from '../errors/business-error.ts'
import { toBusinessError } from '../errors/wechat-errors.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { SessionKeySeal } from '../infra/sealing/session-key-seal.ts'
import type { AlertOperator } from '../infra/wechat/operator-alert.ts'
import type { WeChatPhone } from '../infra/wechat/types.ts'
import type { WeChat } from '../infra/wechat/wechat.ts'
import { requireRecentLogin } from '../sessions/recent-login.ts'
import type { Sessions } from '../sessions/service.ts'
import type { SessionWithUser } from '../sessions/session.ts'
import type { SessionStore } from '../sessions/sql.ts'
import type { PhoneBudget } from './budget.ts'
import type { KnownCodes } from './known-codes.ts'
import { maskPhone, writePhone } from './number.ts'
import type { PhoneStore } from './sql.ts'

type Deps = {
  wechat: Pick<WeChat, 'getPhoneNumber' | 'decryptPhoneNumber'>
  store: PhoneStore
  keys: Pick<SessionStore, 'findSealedSessionKey'>
  seal: SessionKeySeal
  sessions: Pick<Sessions, 'endOthers'>
  clock: Clock
  budget: PhoneBudget
  knownCodes: KnownCodes
  audit: AuditLog
  alertOperator: AlertOperator
}

/** A code of `getPhoneNumber`, or what base libraries before 2.21.2 give instead. */
export type PhoneProof = { code: string } | { encryptedData: string; iv: string }

export type Binding = { proof: PhoneProof; endOtherSessions: boolean }

export type Phones = ReturnType<typeof createPhones>

export const createPhones = (deps: Deps) => {
  const { sessions, audit } = deps
  return {
    /** Binds the number that WeChat vouches for; rejects with what the user is to see. */
    async bind(
      auth: SessionWithUser,
      { proof, endOtherSessions }: Binding,
      caller: Caller,
    ): Promise<{ mobile: string; endedSessions: number; everywhere: boolean }> {
      try {
        const phone = writePhone(await verify(deps, auth, proof))
        await bind(deps, auth, phone)
        await audit.record({ kind: 'phone_bound', outcome: 'ok' }, auth, caller)
        const { ended, everywhere } = endOtherSessions
          ? await sessions.endOthers(auth, caller)
          : NONE_ENDED
        return { mobile: maskPhone(phone), endedSessions: ended, everywhere }
      } catch (error) {
        if (error instanceof BusinessError) {
          const what = { kind: 'phone_refused', outcome: errnoName(error.errno) } as const
          await audit.record(what, auth, caller)
        }
        throw error
      }
    },
  }
}

const NONE_ENDED = { ended: 0, everywhere: true }

/** The number, once it is certain that it belongs to the caller, who signed in just now. */
const verify = async (
  deps: Deps,
  auth: SessionWithUser,
  proof: PhoneProof,
): Promise<WeChatPhone> => {
  requireRecentLogin(auth.session, deps.clock)
  return 'code' in proof ? askWeChat(deps, auth, proof.code) : decrypt(deps, auth, proof)
}

const askWeChat = async (deps: Deps, auth: SessionWithUser, code: string) => {
  const { wechat, budget, knownCodes, alertOperator } = deps
  const { user } = auth
  const known = await knownCodes.find(code, auth)
  if (known !== null) return known
  const phone = await budget.spend(user.id, async () => {
    try {
      return await wechat.getPhoneNumber(code, user.openid)
    } catch (error) {
      if (!(error instanceof WeChatError)) throw error
      alertOperator('phone', error)
      throw toBusinessError('phone', error)
    }
  })
  await knownCodes.add(code, auth, phone)
  return phone
}

const decrypt = async (
  { wechat, keys, seal, budget }: Deps,
  { session, user }: SessionWithUser,
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

const bind = async ({ store, clock }: Deps, { user }: SessionWithUser, phone: string) => {
  const outcome = await store.bind(user.id, phone, new Date(clock.now()))
  if (outcome === 'taken') throw phoneTaken()
  if (outcome === 'refused') throw accountDisabled(user.statusReason)
}
