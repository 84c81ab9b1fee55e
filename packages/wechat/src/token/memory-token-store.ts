import type { StoredToken, TokenLock, TokenStore } from './token-store.ts'

/** Shares tokens between the clients of one process. */
export const createMemoryTokenStore = (): TokenStore => {
  const tokens = new Map<string, StoredToken>()
  const locks = new Map<string, { until: number }>()

  return {
    read: async (key) => tokens.get(key) ?? null,
    write: async (key, token) => void tokens.set(key, token),
    lock: async (key, ttlMs): Promise<TokenLock | null> => {
      if ((locks.get(key)?.until ?? 0) > Date.now()) return null
      const mine = { until: Date.now() + ttlMs }
      locks.set(key, mine)

      return {
        release: async () => {
          if (locks.get(key) === mine) locks.delete(key)
        },
      }
    },
  }
}
