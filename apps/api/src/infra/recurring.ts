import type { Background } from './background.ts'
import type { Meter } from './metrics/meter.ts'

/** Nodes that were started together must not work together. */
const JITTER = 0.5

type Options = {
  background: Background
  /** For the log. */
  name: string
  everyMs: number
  work: () => Promise<unknown>
  meter: Pick<Meter, 'recurring'>
}

export type Recurring = {
  /** From now on about every `everyMs`, each time after the last has ended, until `stop`. */
  start(): void
  stop(): void
}

/** Work that any node may do now and then; a failure is logged, and does not end it. */
export const createRecurring = ({ background, name, everyMs, work, meter }: Options): Recurring => {
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const measured = async () => {
    const begun = performance.now()
    const done = (ok: boolean) =>
      meter.recurring({ task: name, ok, seconds: (performance.now() - begun) / 1_000 })
    try {
      await work()
      done(true)
    } catch (error) {
      done(false)
      throw error
    }
  }
  const schedule = () => {
    if (stopped) return
    const delay = everyMs * (1 - JITTER + 2 * JITTER * Math.random())
    timer = setTimeout(
      () => background.run(name, () => measured().finally(schedule)),
      delay,
    ).unref()
  }
  return {
    start: schedule,
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
