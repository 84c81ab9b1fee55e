import type { Caller } from '../audit/caller.ts'
import type { AuditLog } from '../audit/service.ts'
import { accountDisabled, phoneTaken, sessionKeyGone } from '../errors/business-error.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { SessionKeySeal } from '../infra/sealing/session-key-seal.ts'
import type { WeChatPhone } from '../infra/wechat/types.ts'
import { requireRecentLogin } from '../sessions/recent-login.ts'
import type { Sessions } from '../sessions/service.ts'
import type { SessionWithUser } from '../sessions/session.ts'
import type { SessionStore } from '../sessions/sql.ts'
import { maskPhone, writePhone } from './number.ts'
import type { PhoneProof, PhoneProofs } from './proof.ts'
import type { PhoneStore } from './sql.ts'

type Deps = {
  proofs: PhoneProofs
  store: PhoneStore
  keys: Pick<SessionStore, 'findSealedSessionKey'>
  seal: SessionKeySeal
  sessions: Pick<Sessions, 'endOthers'>
  clock: Clock
  audit: AuditLog
}

export type Binding = { proof: PhoneProof; endOtherSessions: boolean }

export type Phones = ReturnType<typeof createPhones>

export const createPhones = (deps: Deps) => {
  const { sessions, audit } = deps
  return {
    /** Binds the number that WeChat vouches for; rejects with what the user is to see. */
    bind: (
      auth: SessionWithUser,
      { proof, endOtherSessions }: Binding,
      caller: Caller,
    ): Promise<{ mobile: string; endedSessions: number; everywhere: boolean }> =>
      audit.recordRefusal('phone_refused', auth, caller, async () => {
        const phone = writePhone(await verify(deps, auth, proof))
        await bind(deps, auth, phone)
        await audit.record({ kind: 'phone_bound', outcome: 'ok' }, auth, caller)
        const { ended, everywhere } = endOtherSessions
          ? await sessions.endOthers(auth, caller)
          : NONE_ENDED
        return { mobile: maskPhone(phone), endedSessions: ended, everywhere }
      }),
  }
}

const NONE_ENDED = { ended: 0, everywhere: true }

/** The number, once it is certain that it belongs to the caller, who signed in just now. */
const verify = async (
  { clock, proofs, keys, seal }: Deps,
  { session, user }: SessionWithUser,
  proof: PhoneProof,
): Promise<WeChatPhone> => {
  requireRecentLogin(session, clock)
  const { appId, openid } = user
  if ('code' in proof) return proofs.ofCode(proof.code, { appId, openid, sessionId: session.id })
  return proofs.ofData(proof, user, async () => {
    const sealed = await keys.findSealedSessionKey(session.id)
    if (sealed === null) throw sessionKeyGone()
    return openSeal(seal, sealed, { sessionId: session.id, openid })
  })
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
