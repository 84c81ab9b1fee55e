/** A node whose heartbeat is older cannot be relied on to have announced what it ended. */
const SILENT_AFTER_MS = 1_000
/** A node that ended without saying so is waited for no longer than this. */
const FORGET_AFTER_MS = 90_000

/**
 * Which nodes were heard, and until when they may all be relied on. Times are milliseconds of one
 * monotonic clock.
 */
export const createHeartbeats = (ownId: string) => {
  /** Node → when it was last known to be able to announce. */
  const heard = new Map<string, number>()
  let aliveUntil = Number.NEGATIVE_INFINITY

  const update = (now: number) => {
    for (const [node, at] of heard) {
      if (node !== ownId && at < now - FORGET_AFTER_MS) heard.delete(node)
    }
    const oldest = heard.has(ownId) ? Math.min(...heard.values()) : Number.NEGATIVE_INFINITY
    aliveUntil = oldest + SILENT_AFTER_MS
  }
  /** For how long this node has not heard its own beat. */
  const silentFor = (now: number) => now - (heard.get(ownId) ?? Number.NEGATIVE_INFINITY)

  return {
    /**
     * For this node `at` is when the beat was sent: one that comes back late proves nothing about now.
     * For another node it is when the beat arrived.
     */
    beat(node: string, at: number, now: number) {
      heard.set(node, Math.max(at, heard.get(node) ?? Number.NEGATIVE_INFINITY))
      update(now)
    },
    /** The node says that it stops, or this node lost its connection. */
    drop(node: string, now: number) {
      heard.delete(node)
      update(now)
    },
    isAlive: (now: number) => now < aliveUntil,
    /** Whether this node hears itself, whoever else is silent. */
    isConnected: (now: number) => silentFor(now) < SILENT_AFTER_MS,
    silentFor,
  }
}
