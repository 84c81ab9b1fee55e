import { LRUCache } from 'lru-cache'
import type { RateCounter } from '../../ports/rate-counter.ts'

const MAX_KEYS = 20_000

/** Counts in this process alone; of more keys than it holds, the least recent start anew. */
export const createMemoryRateCounter = (): RateCounter => {
  const windows = new LRUCache<string, { current: number; endsAt: number }>({ max: MAX_KEYS })
  return {
    async increment(key, windowMs, by = 1) {
      const now = performance.now()
      const known = windows.get(key)
      const window =
        known !== undefined && known.endsAt > now ? known : { current: 0, endsAt: now + windowMs }
      window.current += by
      windows.set(key, window)
      return { current: window.current, ttl: Math.ceil(window.endsAt - now) }
    },
  }
}
