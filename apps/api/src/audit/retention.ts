import type { LoginEventStore } from './sql.ts'

/** 网络安全法 wants network logs kept for six months at least, which are up to 184 days. */
export const MIN_EVENT_DAYS = 184

const DAY_MS = 86_400_000
/** A statement this small holds no lock that a sign-in would notice. */
const BATCH = 500

/** What is left after these waits for the next time. */
const MAX_BATCHES = 20

/**
 * Removes login events older than that many days; resolves to how many they were. `most` bounds how
 * many statements that takes: the rest is removed next time.
 */
export const pruneEvents = async (
  store: Pick<LoginEventStore, 'removeBefore'>,
  days: number,
  most = Number.POSITIVE_INFINITY,
): Promise<number> => {
  if (days < MIN_EVENT_DAYS) throw new RangeError(`events are kept for ${MIN_EVENT_DAYS} days`)
  const before = new Date(Date.now() - days * DAY_MS)
  let removed = 0
  for (let batch = 0; batch < most; batch += 1) {
    const count = await store.removeBefore(before, BATCH)
    removed += count
    if (count < BATCH) break
  }
  return removed
}

/** What the server does now and then where it is to keep events for that many days. */
export const createEventSweep =
  (store: Pick<LoginEventStore, 'removeBefore'>, days: number) => (): Promise<number> =>
    pruneEvents(store, days, MAX_BATCHES)
