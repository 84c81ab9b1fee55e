/** How often something happened in the current window, and when that window ends (ms). */
export type RateCount = { current: number; ttl: number }

/** Counts per key in fixed windows that begin with the first event. */
export type Counter = {
  /**
   * `by` is 1 by default; 0 only reads; a negative number takes back what was counted before, and
   * never more than the window holds.
   */
  increment(key: string, windowMs: number, by?: number): Promise<RateCount>
}

export type Counters = {
  /** For keys that callers choose, such as addresses: under a flood of keys it may forget some. */
  rateCounter: Counter
  /** For the quotas of users and services: no number of other keys resets one. */
  quotaCounter: Counter
}
