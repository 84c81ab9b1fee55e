import { commandLine } from '../audit/caller.ts'
import type { AuditLog } from '../audit/service.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { SessionKeySeal } from '../infra/sealing/session-key-seal.ts'
import type { WeChat } from '../infra/wechat/wechat.ts'
import type { UserStore } from '../users/sql.ts'
import type { UserKey } from '../users/user.ts'
import type { SessionStore } from './sql.ts'

type Deps = {
  users: Pick<UserStore, 'findByKey'>
  store: Pick<SessionStore, 'listSealedKeys' | 'replaceKey'>
  seal: SessionKeySeal
  wechat: Pick<WeChat, 'resetSessionKey'>
  clock: Clock
  audit: AuditLog
}

/**
 * Has WeChat replace a user's session_key, for example because it may be known to others, and keeps the
 * new one. Nobody is signed out. False when WeChat accepts no key that is kept here; null when there is
 * no such user.
 */
export const createKeyReset =
  ({ users, store, seal, wechat, clock, audit }: Deps) =>
  async (key: UserKey): Promise<boolean | null> => {
    const user = await users.findByKey(key)
    if (user === null) return null
    const { id, openid } = user
    const kept = await store.listSealedKeys(id, new Date(clock.now()))
    for (const sessionKey of openAll(seal, kept, openid)) {
      const fresh = await wechat.resetSessionKey(openid, sessionKey)
      if (fresh === null) continue
      // WeChat has one key for each user, so it is that of all their devices.
      for (const { sessionId } of kept) {
        await store.replaceKey(sessionId, seal.seal(fresh, { sessionId, openid }))
      }
      await audit.record(
        { kind: 'key_reset', outcome: 'ok' },
        { user, session: null },
        commandLine(user),
      )
      return true
    }
    return false
  }

/** Each key once; what was sealed with a key of ours that is gone is left out. */
const openAll = (
  seal: SessionKeySeal,
  kept: readonly { sessionId: string; sealed: string }[],
  openid: string,
): Set<string> => {
  const keys = kept.flatMap(({ sessionId, sealed }) => {
    try {
      return [seal.open(sealed, { sessionId, openid })]
    } catch {
      return []
    }
  })
  return new Set(keys)
}
