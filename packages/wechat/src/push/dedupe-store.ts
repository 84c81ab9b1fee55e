/**
 * What has been seen of pushes, shared by all nodes that receive them. Texts are kept for `ttlMs` and
 * may be forgotten after that.
 */
export type PushLedger = {
  /** Keeps `value` unless there is one already; resolves to the one that is there now. */
  claim(key: string, value: string, ttlMs: number): Promise<string>
  put(key: string, value: string, ttlMs: number): Promise<void>
  remove(key: string): Promise<void>
}

/** A ledger for one process; holds at most `maxEntries`, the oldest go first. */
export const createMemoryPushLedger = ({ maxEntries = 100_000 } = {}): PushLedger => {
  const entries = new Map<string, { value: string; until: number }>()
  const put = (key: string, value: string, ttlMs: number) => {
    entries.delete(key)
    entries.set(key, { value, until: Date.now() + ttlMs })
    for (const [oldest] of entries) {
      if (entries.size <= maxEntries) break
      entries.delete(oldest)
    }
  }

  return {
    claim: async (key, value, ttlMs) => {
      const entry = entries.get(key)
      if (entry && entry.until > Date.now()) return entry.value
      put(key, value, ttlMs)

      return value
    },
    put: async (key, value, ttlMs) => put(key, value, ttlMs),
    remove: async (key) => void entries.delete(key),
  }
}
