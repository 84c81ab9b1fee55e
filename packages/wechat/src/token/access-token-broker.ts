import type { OnEvent } from '../events.ts'
import type { TokenRenewal } from './token-renewal.ts'
import type { StoredToken } from './token-store.ts'

export type AccessToken = {
  accessToken: string
  /** When WeChat stops accepting it. */
  expiresAt: Date
}

/** Holds the appid's access_token: one call to WeChat for any number of callers and nodes. */
export type TokenBroker = {
  /** A token that has time left; renewed in the background before its end. */
  get(budgetMs?: number): Promise<string>
  /** Another token than this one, which WeChat has refused. */
  replace(refused: string, budgetMs?: number): Promise<string>
  current(): Promise<AccessToken>
  /** Ends the present token at once and tells the new one. WeChat allows it 20 times a day. */
  forceRefresh(): Promise<AccessToken>
}

export const createTokenBroker = (
  renewal: TokenRenewal,
  emit: OnEvent,
  budgetMs: number,
): TokenBroker => {
  let held: StoredToken | null = null
  let notBefore = 0
  const inFlight = new Map<string, Promise<StoredToken>>()

  const once = (key: string, work: () => Promise<StoredToken>): Promise<StoredToken> => {
    const running = inFlight.get(key) ?? keep(work()).finally(() => inFlight.delete(key))
    inFlight.set(key, running)

    return running
  }
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
  const renew = (budget: number) => once('renew', () => renewal.renew({ budgetMs: budget }))

  const hold = async (budget = budgetMs): Promise<StoredToken> => {
    if (!held || Date.now() >= held.expiresAt - LAST_USE_BEFORE_END_MS) return renew(budget)
    if (Date.now() >= Math.max(held.renewAt, notBefore)) {
      // The present token still works: nobody waits, and a failure is for a later caller to retry.
      renew(budgetMs).catch(() => {})
    }

    return held
  }
  const replace = (refused: string, budget = budgetMs): Promise<StoredToken> =>
    held && held.accessToken !== refused
      ? Promise.resolve(held)
      : once(refused, () => renewal.renew({ refused, budgetMs: budget }))

  return {
    get: async (budget) => (await hold(budget)).accessToken,
    replace: async (refused, budget) => (await replace(refused, budget)).accessToken,
    current: async () => toAccessToken(await hold()),
    forceRefresh: async () =>
      toAccessToken(await once('force', () => renewal.renew({ force: true, budgetMs }))),
  }
}

const LAST_USE_BEFORE_END_MS = 10_000
const RETRY_MS = 1_000

const toAccessToken = ({ accessToken, expiresAt }: StoredToken): AccessToken => ({
  accessToken,
  expiresAt: new Date(expiresAt),
})
