import type { Redis } from 'ioredis'
import { LRUCache } from 'lru-cache'

const PREFIX = 'oa:kept:'
const MAX_KEPT = 10_000

/** Short texts that nodes share for a while, and may forget earlier. Never rejects. */
export type ExpiringStore = {
  set(key: string, text: string, ttlMs: number): Promise<void>
  get(key: string): Promise<string | null>
}

/** Keeps texts in this process, and in Redis, where there is one, for the other nodes too. */
export const createExpiringStore = (redis: Redis | null): ExpiringStore => {
  const own = new LRUCache<string, string>({ max: MAX_KEPT })
  return {
    async set(key, text, ttlMs) {
      own.set(key, text, { ttl: ttlMs })
      await redis?.set(PREFIX + key, text, 'PX', ttlMs).catch(nothing)
    },
    async get(key) {
      return own.get(key) ?? (await redis?.get(PREFIX + key).catch(nothing)) ?? null
    },
  }
}

/** Whoever asks does without. */
const nothing = () => null
