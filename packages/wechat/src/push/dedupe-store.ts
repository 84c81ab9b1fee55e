/**
 * Which pushes have been seen and handled, shared by all nodes that receive them. A value is kept for
 * `ttlMs` and may be forgotten after that.
 */
export type DedupeStore = {
  /** Stores `value` unless the key has one already; resolves to the value that the key has now. */
  claim(key: string, value: string, ttlMs: number): Promise<string>
  put(key: string, value: string, ttlMs: number): Promise<void>
  remove(key: string): Promise<void>
}

/** A dedupe store for one process; it holds at most `maxEntries` and drops the oldest first. */
export const createMemoryDedupeStore = ({ maxEntries = 100_000 } = {}): DedupeStore => {
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
