/** The simulator's time: the machine's clock plus the time that was skipped. */
export interface Clock {
  /** Milliseconds since 1970, as the simulated WeChat sees it. */
  now: () => number
  /** Moves the clock forward; time never goes back. */
  advance: (ms: number) => void
}

const DAY = 86_400_000
const BEIJING = 8 * 3_600_000

/** The number of the day in Beijing, where WeChat's days begin. */
export const beijingDayOf = (ms: number) => Math.floor((ms + BEIJING) / DAY)

export const createClock = (): Clock => {
  let skipped = 0

  return {
    now: () => Date.now() + skipped,
    advance: (ms) => {
      skipped += ms
    },
  }
}
