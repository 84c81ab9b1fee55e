/** Which requests are turned away first when there is too much to do. */
export type Shed = 'first' | 'last' | 'never'

/** A process that is this many times too late gets no worse. */
const WORST = 4
/** How much 100 ms change: from all served to all refused takes half a second to two. */
const STEP = 0.1
const STEP_MS = 100
/** However long a process did not get to look at itself. */
const MAX_STEPS = 10

/**
 * From 0, where everybody is served, to 2, where nobody is. Up to 1 only those are turned away who
 * are to be first, the more of them the higher it is; beyond 1 the others are too.
 */
export type Pressure = number

/** The pressure after the process was so late for so long, where `targetMs` is as late as it may be. */
export const nextPressure = (
  pressure: Pressure,
  { lateMs, forMs }: { lateMs: number; forMs: number },
  targetMs: number,
): Pressure => {
  const steps = Math.min(forMs / STEP_MS, MAX_STEPS)
  return clamp(pressure + STEP * steps * clamp(lateMs / targetMs - 1, -1, WORST), 0, 2)
}

/** The share of such requests that is turned away. */
export const shareOf = (pressure: Pressure, shed: Shed): number => {
  if (shed === 'never') return 0
  return shed === 'first' ? Math.min(pressure, 1) : Math.max(pressure - 1, 0)
}

/** Turns exactly that share away, evenly: it is handed what it said before. */
export const createShare = () => {
  let owed = 0
  return (share: number): boolean => {
    owed += share
    if (owed < 1) return false
    owed -= 1
    return true
  }
}

/** Whether so many requests under way are too many for another one. */
export const isFull = (underWay: number, most: number, shed: Shed): boolean => {
  if (shed === 'never') return false
  return underWay > (shed === 'first' ? most / 2 : most)
}

const clamp = (value: number, min: number, max: number) => Math.min(Math.max(value, min), max)
