import { LRUCache } from 'lru-cache'
import type { Counter, Counters } from './counter.ts'

const MAX_KEYS = 20_000
const MAX_QUOTAS = 100_000

type Window = { current: number; endsAt: number }
type Windows = { get(key: string): Window | undefined; set(key: string, window: Window): unknown }

/** The counters of a process without Redis, apart from each other. */
export const createMemoryCounters = (): Counters => ({
  rateCounter: createMemoryCounter(),
  quotaCounter: createBoundedCounter(),
})

/** Counts in this process alone; of more keys than it holds, the least recently used start anew. */
export const createMemoryCounter = (): Counter => {
  const windows = new LRUCache<string, Window>({ max: MAX_KEYS })
  return { increment: async (...event) => count(windows, ...event) }
}

/**
 * Counts in this process alone and forgets nothing before its window ends: while it holds `maxKeys`,
 * all further keys share one window.
 */
export const createBoundedCounter = ({ maxKeys = MAX_QUOTAS } = {}): Counter => {
  const windows = new Map<string, Window>()
  const shared = new Map<string, Window>()
  /** Before this nothing can have ended, and looking would only cost. */
  let nextEnd = 0

  const dropEnded = (now: number) => {
    if (now < nextEnd) return
    nextEnd = Number.POSITIVE_INFINITY
    for (const [key, { endsAt }] of windows) {
      if (endsAt <= now) windows.delete(key)
      else nextEnd = Math.min(nextEnd, endsAt)
    }
  }
  return {
    async increment(key, windowMs, by) {
      const isFull = () => windows.size >= maxKeys && !windows.has(key)
      if (isFull()) dropEnded(performance.now())
      return isFull()
        ? count(shared, String(windowMs), windowMs, by)
        : count(windows, key, windowMs, by)
    },
  }
}

const count = (windows: Windows, key: string, windowMs: number, by = 1) => {
  const now = performance.now()
  const known = windows.get(key)
  const window =
    known !== undefined && known.endsAt > now ? known : { current: 0, endsAt: now + windowMs }
  window.current = Math.max(0, window.current + by)
  if (window.current > 0 || window === known) windows.set(key, window)
  return { current: window.current, ttl: Math.min(Math.ceil(window.endsAt - now), windowMs) }
}
