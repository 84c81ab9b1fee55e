/** How often something happened in the current window, and when that window ends. */
export type RateCount = { current: number; ttl: number }

/** Counts per key in fixed windows that begin with the first event. */
export type RateCounter = {
  /**
   * `by`: 1 unless given; a negative number takes back what was counted before, and never more than
   * the window holds.
   */
  increment(key: string, windowMs: number, by?: number): Promise<RateCount>
}

export type Counters = {
  /** For keys that strangers choose, such as addresses: under a flood of them it may forget some. */
  rateCounter: RateCounter
  /** For the shares of people and services: no number of other keys gives anybody a new one. */
  shareCounter: RateCounter
}
