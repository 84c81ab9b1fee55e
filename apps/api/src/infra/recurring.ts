import type { Background } from './background.ts'

/** Nodes that were started together must not work together. */
const JITTER = 0.5

type Options = {
  background: Background
  /** For the log. */
  name: string
  everyMs: number
  work: () => Promise<unknown>
}

export type Recurring = {
  /** From now on about every `everyMs`, each time after the last has ended, until `stop`. */
  start(): void
  stop(): void
}

/** Work that any node may do now and then; a failure is logged, and does not end it. */
export const createRecurring = ({ background, name, everyMs, work }: Options): Recurring => {
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const schedule = () => {
    if (stopped) return
    const delay = everyMs * (1 - JITTER + 2 * JITTER * Math.random())
    timer = setTimeout(() => background.run(name, () => work().finally(schedule)), delay).unref()
  }
  return {
    start: schedule,
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
