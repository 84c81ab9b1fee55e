import { setTimeout as delay } from 'node:timers/promises'
import { WeChatError } from '../errors.ts'
import type { OnEvent } from '../events.ts'
import type { GuardedFetch, RenewOptions } from './guarded-fetch.ts'
import { shieldStore } from './shielded-store.ts'
import type { StoredToken, TokenLock, TokenStore } from './token-store.ts'

export type TokenRenewal = { renew(options: RenewOptions): Promise<StoredToken> }

type Parts = { key: string; store: TokenStore; fetchToken: GuardedFetch; emit: OnEvent }

/** Gets the next token: from the store when another node was faster, else from WeChat, by one node. */
export const createTokenRenewal = ({ key, store, fetchToken, emit }: Parts): TokenRenewal => {
  const shared = shieldStore(store, emit)

  const readNext = async (options: RenewOptions): Promise<StoredToken | null> => {
    const token = options.force ? null : await shared.read(key)
    return token && isNext(token, options) ? token : null
  }

  const renewLocked = async (lock: TokenLock, options: RenewOptions): Promise<StoredToken> => {
    try {
      const other = await readNext(options)
      if (other) return other
      const token = await fetchToken(options)
      await shared.write(key, token)

      return token
    } finally {
      await lock.release()
    }
  }

  return {
    renew: async (options) => {
      const deadline = Date.now() + options.budgetMs
      for (;;) {
        const other = await readNext(options)
        if (other) return other
        const lock = await shared.lock(key, options.budgetMs + LOCK_GRACE_MS)
        if (lock) return renewLocked(lock, { ...options, budgetMs: deadline - Date.now() })
        if (Date.now() + POLL_MS >= deadline) throw stillLocked()
        await delay(POLL_MS)
      }
    },
  }
}

const POLL_MS = 25
const LOCK_GRACE_MS = 1_000

const isNext = (token: StoredToken, { refused }: RenewOptions) =>
  token.accessToken !== refused && Date.now() < token.renewAt

const stillLocked = () =>
  new WeChatError('timeout', '/cgi-bin/stable_token: another node did not finish renewing in time')
