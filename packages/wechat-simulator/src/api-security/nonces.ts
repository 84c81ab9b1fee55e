import type { Clock } from '../platform/clock.ts'

/** Remembers nonces for as long as they could be sent again. */
export interface Nonces {
  /** False when this app has sent this nonce within the window. */
  use: (appid: string, nonce: string, windowMs: number) => boolean
}

export const createNonces = (clock: Clock): Nonces => {
  const seen = new Map<string, number>()
  // Insertion order is order of time, so the oldest come first.
  const forget = (before: number) => {
    for (const [key, at] of seen) {
      if (at >= before) return
      seen.delete(key)
    }
  }

  return {
    use: (appid, nonce, windowMs) => {
      const now = clock.now()
      forget(now - windowMs)
      const key = `${appid} ${nonce}`
      if (windowMs > 0 && seen.has(key)) return false
      seen.set(key, now)
      return true
    },
  }
}
