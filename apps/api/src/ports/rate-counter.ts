/** How often something happened in the current window, and when that window ends. */
export type RateCount = { current: number; ttl: number }

/** Counts per key in fixed windows that begin with the first event. */
export type RateCounter = {
  /** `by`: 1 unless given; a negative number takes back what was counted before. */
  increment(key: string, windowMs: number, by?: number): Promise<RateCount>
}
