const EVERY_MS = 100
/** A look at the clock costs little, and less when only every so many requests take one. */
const LOOK_EVERY = 16

export type Lateness = { lateMs: number; forMs: number }

/**
 * Tells every 100 ms how late the event loop is. A single pause, as of a garbage collection, says
 * nothing about the next request: of two samples the better one counts.
 *
 * A loop that always finds thousands of connections ready works on them for seconds before any timer
 * runs. So requests look too: who is handled without a break since the last timer shows how late it is.
 */
export const watchDelay = (tell: (lateness: Lateness) => void) => {
  let at = performance.now()
  let before = 0
  let toldAt = at
  let requests = 0
  let lookedAt = at
  let busyMs = 0

  const say = (lateMs: number, now: number) => {
    tell({ lateMs, forMs: now - toldAt })
    toldAt = now
  }
  const timer = setInterval(() => {
    const now = performance.now()
    const late = Math.max(0, now - at - EVERY_MS)
    say(Math.min(late, before), now)
    before = late
    at = now
    lookedAt = now
    busyMs = 0
  }, EVERY_MS).unref()

  return {
    /** To be called for each request. */
    handled() {
      requests += 1
      if (requests % LOOK_EVERY !== 0) return
      const now = performance.now()
      const gap = now - lookedAt
      lookedAt = now
      // A longer one is a pause, not work.
      if (gap < EVERY_MS) busyMs += gap
      const late = busyMs - EVERY_MS
      if (late > 0 && now - toldAt >= EVERY_MS) say(late, now)
    },
    stop: () => clearInterval(timer),
  }
}
