import { setTimeout as delay } from 'node:timers/promises'
import { WeChatError } from '../errors.ts'
import type { OnEvent } from '../events.ts'
import type { FetchAccessToken, RenewOptions } from './fetch-access-token.ts'
import type { StoredToken, TokenLock, TokenStore } from './token-store.ts'

export type AccessToken = {
  accessToken: string
  /** When WeChat stops accepting it. */
  expiresAt: Date
}

/** Holds the appid's access_token: one call to WeChat for any number of callers and nodes. */
export type AccessTokenBroker = {
  /** A token that has time left; renewed in the background before its end. */
  get(budgetMs?: number): Promise<string>
  /** Another token than this one, which WeChat has refused. */
  replace(refused: string, budgetMs?: number): Promise<string>
  current(): Promise<AccessToken>
  /** Ends the present token at once; resolves to the new one. WeChat allows it 20 times a day. */
  forceRefresh(): Promise<AccessToken>
}

type Parts = {
  /** Of the token in the store. */
  key: string
  store: TokenStore
  fetchToken: FetchAccessToken
  emit: OnEvent
  /** Time for a renewal where the caller sets none, ms. */
  budgetMs: number
}

export const createAccessTokenBroker = (parts: Parts): AccessTokenBroker => {
  const { emit, budgetMs } = parts
  const renew = createRenew(parts)
  let held: StoredToken | null = null
  let notBefore = 0
  const inFlight = new Map<string, Promise<StoredToken>>()

  const keep = async (work: Promise<StoredToken>): Promise<StoredToken> => {
    try {
      held = await work
    } catch (error) {
      notBefore = Date.now() + RETRY_MS
      emit({ type: 'token', action: 'renewal_failed' })
      throw error
    }
    emit({ type: 'token', action: 'renewed' })

    return held
  }
  const renewOnce = (key: string, options: RenewOptions): Promise<StoredToken> => {
    const running = inFlight.get(key) ?? keep(renew(options)).finally(() => inFlight.delete(key))
    inFlight.set(key, running)

    return running
  }

  const hold = async (budget = budgetMs): Promise<StoredToken> => {
    if (!held || Date.now() >= held.expiresAt - LAST_USE_BEFORE_END_MS) {
      return renewOnce('renew', { budgetMs: budget })
    }
    if (Date.now() >= Math.max(held.renewAt, notBefore)) {
      // The present token still works: the caller does not wait, and a later one retries a failure.
      renewOnce('renew', { budgetMs }).catch(() => {})
    }

    return held
  }
  const replace = async (refused: string, budget = budgetMs): Promise<StoredToken> =>
    held && held.accessToken !== refused
      ? held
      : renewOnce(`refused:${refused}`, { refused, budgetMs: budget })

  return {
    get: async (budget) => (await hold(budget)).accessToken,
    replace: async (refused, budget) => (await replace(refused, budget)).accessToken,
    current: async () => toAccessToken(await hold()),
    forceRefresh: async () => toAccessToken(await renewOnce('force', { force: true, budgetMs })),
  }
}

type Renew = (options: RenewOptions) => Promise<StoredToken>

/** Gets the next token from the store when another node was faster, else from WeChat, on one node. */
const createRenew = ({ key, store, fetchToken, emit }: Parts): Renew => {
  const shared = withoutFailures(store, emit)

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

  return async (options) => {
    const deadline = Date.now() + options.budgetMs
    for (;;) {
      const other = await readNext(options)
      if (other) return other
      const lock = await shared.lock(key, options.budgetMs + LOCK_GRACE_MS)
      if (lock) return renewLocked(lock, { ...options, budgetMs: deadline - Date.now() })
      if (Date.now() + POLL_MS >= deadline) throw stillLocked()
      await delay(POLL_MS)
    }
  }
}

/** The store, but it never rejects: while it fails nothing is stored and every lock is free. */
const withoutFailures = (store: TokenStore, emit: OnEvent): TokenStore => {
  const failed = () => emit({ type: 'token', action: 'store_failed' })

  return {
    read: (key) =>
      store.read(key).catch(() => {
        failed()
        return null
      }),
    write: (key, token) => store.write(key, token).catch(failed),
    lock: (key, ttlMs) =>
      store.lock(key, ttlMs).then(
        (lock): TokenLock | null => lock && { release: () => lock.release().catch(failed) },
        (): TokenLock => {
          failed()
          return { release: async () => {} }
        },
      ),
  }
}

const LAST_USE_BEFORE_END_MS = 10_000
const RETRY_MS = 1_000
const POLL_MS = 25
const LOCK_GRACE_MS = 1_000

const isNext = (token: StoredToken, { refused }: RenewOptions) =>
  token.accessToken !== refused && Date.now() < token.renewAt

const stillLocked = () =>
  new WeChatError('timeout', '/cgi-bin/stable_token: another node did not finish renewing in time')

const toAccessToken = ({ accessToken, expiresAt }: StoredToken): AccessToken => ({
  accessToken,
  expiresAt: new Date(expiresAt),
})
