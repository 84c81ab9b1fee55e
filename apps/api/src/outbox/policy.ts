const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const PAUSES_MS = [5 * SECOND_MS, 30 * SECOND_MS, 2 * MINUTE_MS, 10 * MINUTE_MS]

/** When work is tried again that has failed so often; the last pause goes on. */
export const nextTry = (attempts: number, now: number): Date => {
  const pause = PAUSES_MS[Math.min(Math.max(attempts, 1), PAUSES_MS.length) - 1] ?? 0
  return new Date(now + pause)
}
