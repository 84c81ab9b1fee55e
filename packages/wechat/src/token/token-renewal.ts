import { setTimeout as delay } from 'node:timers/promises'
import { WeChatError } from '../errors.ts'
import type { OnEvent } from '../events.ts'
import type { FetchToken } from './stable-token.ts'
import type { StoredToken, TokenLock, TokenStore } from './token-store.ts'

export type RenewOptions = {
  budgetMs: number
  /** A token that WeChat has refused: any other will do. */
  refused?: string
  force?: boolean
}

export type TokenRenewal = { renew(options: RenewOptions): Promise<StoredToken> }

type Parts = { key: string; store: TokenStore; fetchToken: FetchToken; emit: OnEvent }

/** Gets the next token: from the store when another node was faster, else from WeChat, by one node. */
export const createTokenRenewal = ({ key, store, fetchToken, emit }: Parts): TokenRenewal => {
  let forcedAt = Number.NEGATIVE_INFINITY
  let failure: { error: unknown; until: number } | null = null

  const fromWeChat = async ({ budgetMs, refused, force = false }: RenewOptions) => {
    const startedAt = performance.now()
    if (!force) {
      const token = await fetchToken({ force: false, budgetMs })
      const mayForce = Date.now() - forcedAt >= FORCE_INTERVAL_MS
      if (token.accessToken !== refused || !mayForce) return token
    }
    forcedAt = Date.now()

    return fetchToken({ force: true, budgetMs: budgetMs - (performance.now() - startedAt) })
  }

  const guarded = async (options: RenewOptions): Promise<StoredToken> => {
    if (failure && Date.now() < failure.until && !options.force) throw failure.error
    try {
      return await fromWeChat(options)
    } catch (error) {
      failure = { error, until: Date.now() + FAILURE_HOLD_MS }
      throw error
    }
  }

  const renew = async (options: RenewOptions): Promise<StoredToken> => {
    const deadline = Date.now() + options.budgetMs
    const shared = shielded(store, emit)
    for (;;) {
      const other = options.force ? null : await shared.read(key)
      if (other && isNext(other, options)) return other
      const lock = await shared.lock(key, options.budgetMs + LOCK_GRACE_MS)
      if (lock) return renewLocked(lock, { ...options, budgetMs: deadline - Date.now() })
      if (Date.now() + POLL_MS >= deadline) throw stillLocked()
      await delay(POLL_MS)
    }
  }

  const renewLocked = async (lock: TokenLock, options: RenewOptions): Promise<StoredToken> => {
    const shared = shielded(store, emit)
    try {
      const other = options.force ? null : await shared.read(key)
      if (other && isNext(other, options)) return other
      const token = await guarded(options)
      await shared.write(key, token)

      return token
    } finally {
      await lock.release().catch(() => emit({ type: 'token', action: 'store_failed' }))
    }
  }

  return { renew }
}

const POLL_MS = 25
const LOCK_GRACE_MS = 1_000
const FAILURE_HOLD_MS = 1_000
const FORCE_INTERVAL_MS = 30_000

const isNext = (token: StoredToken, { refused }: RenewOptions) =>
  token.accessToken !== refused && Date.now() < token.renewAt

const stillLocked = () =>
  new WeChatError('timeout', '/cgi-bin/stable_token: another node did not finish renewing in time')

/** A store whose failures leave this process to its own: nothing stored, every lock free. */
const shielded = (store: TokenStore, emit: OnEvent) => {
  const orElse =
    <T>(fallback: T) =>
    (): T => {
      emit({ type: 'token', action: 'store_failed' })
      return fallback
    }

  return {
    read: (key: string) => store.read(key).catch(orElse<StoredToken | null>(null)),
    write: (key: string, token: StoredToken) => store.write(key, token).catch(orElse(undefined)),
    lock: (key: string, ttlMs: number) =>
      store.lock(key, ttlMs).catch(orElse<TokenLock | null>({ release: async () => {} })),
  }
}
