/** Longer than an entry of the shared cache lives after the slowest reader wrote it. */
const REMEMBER_MS = 90_000
const MAX_KEYS = 50_000

type Entry = { at: number; settled: boolean }

/**
 * The users whose sessions ended lately, by public id or openid, as this node heard it. What the shared
 * cache holds of them may be older than the news. `onOverflow` is called when one had to be forgotten
 * too early.
 */
export const createRevokedUsers = ({ onOverflow }: { onOverflow(): void }) => {
  const entries = new Map<string, Entry>()
  /** Entries are in the order of their times: those to be dropped come first. */
  const drop = (now: number) => {
    for (const [key, { at }] of entries) {
      const isOld = at < now - REMEMBER_MS
      if (!isOld && entries.size <= MAX_KEYS) return
      entries.delete(key)
      if (!isOld) onOverflow()
    }
  }
  return {
    add(keys: readonly string[], settled: boolean, now: number) {
      for (const key of keys) {
        entries.delete(key)
        entries.set(key, { at: now, settled })
      }
      drop(now)
    },
    /** The latest news about a user who has these keys; undefined when there was none for a while. */
    latest(keys: readonly string[], now: number): Entry | undefined {
      let latest: Entry | undefined
      for (const key of keys) {
        const entry = entries.get(key)
        if (entry === undefined || entry.at < now - REMEMBER_MS) continue
        if (latest === undefined || entry.at > latest.at) latest = entry
      }
      return latest
    },
    clear: () => entries.clear(),
  }
}
