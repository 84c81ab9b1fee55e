import type { Background } from '../infra/background.ts'
import type { Meter } from '../infra/metrics/meter.ts'
import { silentMeter } from '../infra/metrics/meter.ts'
import { createRecurring } from '../infra/recurring.ts'
import type { SessionStore } from './sql.ts'

/** A statement this small holds no lock that a sign-in would notice. */
const BATCH = 500
/** What is left after these waits for the next time. */
const MAX_BATCHES = 20
const EVERY_MS = 5 * 60_000
type Deps = {
  store: Pick<SessionStore, 'removeExpired'>
  background: Background
  /** How long a session that is over is remembered. */
  keepMs: number
  everyMs?: number
  meter?: Pick<Meter, 'recurring'>
}

export type SessionSweep = {
  /** Removes what is due now; resolves to how many sessions that were. */
  run(): Promise<number>
  /** From now on every few minutes, until `stop`. Any number of nodes may. */
  start(): void
  stop(): void
}

/** Removes sessions that have been over for `keepMs`, and with them what they held about a user. */
export const createSessionSweep = (deps: Deps): SessionSweep => {
  const { store, background, keepMs, everyMs = EVERY_MS, meter = silentMeter } = deps
  let stopped = false

  const run = async () => {
    const before = new Date(Date.now() - keepMs)
    let removed = 0
    for (let batch = 0; batch < MAX_BATCHES && !stopped; batch += 1) {
      const count = await store.removeExpired(before, BATCH)
      removed += count
      if (count < BATCH) break
    }
    return removed
  }
  const recurring = createRecurring({
    background,
    name: 'removing old sessions',
    everyMs,
    work: run,
    meter,
  })

  return {
    run,
    start: recurring.start,
    stop() {
      stopped = true
      recurring.stop()
    },
  }
}
