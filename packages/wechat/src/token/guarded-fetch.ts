import type { FetchToken } from './fetch-access-token.ts'
import type { StoredToken } from './token-store.ts'

export type RenewOptions = {
  budgetMs: number
  /** A token that WeChat has refused: any other will do. */
  refused?: string
  force?: boolean
}

/** Asks WeChat for a token, sparingly. */
export type GuardedFetch = (options: RenewOptions) => Promise<StoredToken>

/**
 * Forces a new token only when WeChat hands out again what it refuses, once in 30 s at most; and
 * rejects for a second with the failure of the last attempt instead of making another.
 */
export const createGuardedFetch = (fetchToken: FetchToken): GuardedFetch => {
  let forcedAt = Number.NEGATIVE_INFINITY
  let failure: { error: unknown; until: number } | null = null

  const fetchNext = async ({ budgetMs, refused, force = false }: RenewOptions) => {
    const startedAt = performance.now()
    if (!force) {
      const token = await fetchToken({ force: false, budgetMs })
      const mayForce = Date.now() - forcedAt >= FORCE_INTERVAL_MS
      if (token.accessToken !== refused || !mayForce) return token
    }
    forcedAt = Date.now()

    return fetchToken({ force: true, budgetMs: budgetMs - (performance.now() - startedAt) })
  }

  return async (options) => {
    if (failure && Date.now() < failure.until && !options.force) throw failure.error
    try {
      return await fetchNext(options)
    } catch (error) {
      failure = { error, until: Date.now() + FAILURE_HOLD_MS }
      throw error
    }
  }
}

const FAILURE_HOLD_MS = 1_000
const FORCE_INTERVAL_MS = 30_000
