import type { LoginEventStore } from './sql.ts'

/** 网络安全法 wants network logs kept for six months at least, which are up to 184 days. */
export const MIN_EVENT_DAYS = 184

const DAY_MS = 86_400_000
/** A statement this small holds no lock that a sign-in would notice. */
const BATCH = 500

/** Removes login events older than that many days; resolves to how many they were. */
export const pruneEvents = async (
  store: Pick<LoginEventStore, 'removeBefore'>,
  days: number,
): Promise<number> => {
  if (days < MIN_EVENT_DAYS) throw new RangeError(`events are kept for ${MIN_EVENT_DAYS} days`)
  const before = new Date(Date.now() - days * DAY_MS)
  let removed = 0
  for (;;) {
    const count = await store.removeBefore(before, BATCH)
    removed += count
    if (count < BATCH) return removed
  }
}
