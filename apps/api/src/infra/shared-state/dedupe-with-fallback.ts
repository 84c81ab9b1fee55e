import type { DedupeStore } from '@oa/wechat'
import { createMemoryDedupeStore } from '@oa/wechat'
import { LRUCache } from 'lru-cache'

const MAX_UNANSWERED = 10_000
/** Longer than a store that stalled keeps a claim which it took after all. */
const REMEMBER_MS = 60_000

/**
 * The store that all nodes share, and while it fails this process's own: a push may then be handled
 * once on each node, which does no harm; turned away three times, it would be lost.
 */
export const withFallback = (shared: DedupeStore): DedupeStore => {
  const own = createMemoryDedupeStore()
  /** Key → what this process claimed without an answer; the shared store may have taken it later. */
  const unanswered = new LRUCache<string, string>({ max: MAX_UNANSWERED, ttl: REMEMBER_MS })

  return {
    async claim(key, value, ttlMs) {
      try {
        const present = await shared.claim(key, value, ttlMs)
        return present === unanswered.get(key) ? own.claim(key, value, ttlMs) : present
      } catch {
        unanswered.set(key, value)
        return own.claim(key, value, ttlMs)
      }
    },
    put: (...entry) => shared.put(...entry).catch(() => own.put(...entry)),
    remove: async (key) => {
      await own.remove(key)
      await shared.remove(key).catch(ignore)
    },
  }
}

/** What is left in the shared store runs out by itself. */
const ignore = () => {}
