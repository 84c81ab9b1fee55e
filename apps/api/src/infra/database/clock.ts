/** The time by which sessions and tokens begin and end, the same on every node; in ms since 1970. */
export type Clock = { now(): number }

/** The clock of this process alone. */
export const localClock: Clock = { now: () => Date.now() }

const MEASURE_EVERY_MS = 60_000
/** A slower answer says too little about when the server wrote it. */
const MAX_ROUND_TRIP_MS = 500
/** Nodes so far apart were probably never set; whoever operates them wants to know. */
const WORTH_TELLING_MS = 30_000

type Options = {
  /** The server's time, in ms since 1970. */
  ask(): Promise<number>
  /** Called with how far this node's own clock is ahead, when that is a lot, once until it changes. */
  onDrift(aheadMs: number): void
}

/**
 * The database server's clock, carried on by the monotonic clock of this process, so that the clocks of
 * nodes need not agree. Until the server has answered it is this node's own.
 */
export const createServerClock = async ({ ask, onDrift }: Options) => {
  let origin = Date.now() - performance.now()
  let told = 0

  const ahead = () => Math.round(Date.now() - performance.now() - origin)
  const tell = () => {
    const aheadMs = ahead()
    if (Math.abs(aheadMs - told) < WORTH_TELLING_MS) return
    told = aheadMs
    onDrift(aheadMs)
  }
  const measure = async () => {
    const sent = performance.now()
    const there = await ask()
    const received = performance.now()
    if (received - sent > MAX_ROUND_TRIP_MS) return
    origin = there - (sent + received) / 2
    tell()
  }
  // The first answer of a connection may come late; the second does not.
  await measure().catch(ignore)
  await measure().catch(ignore)
  const timer = setInterval(() => void measure().catch(ignore), MEASURE_EVERY_MS).unref()

  return {
    now: () => origin + performance.now(),
    /** How far this node's own clock is ahead, as of the last measurement. */
    aheadMs: ahead,
    close: () => clearInterval(timer),
  }
}

/** The database is away: the clock goes on by itself. */
const ignore = () => {}
