import type { Background } from '../infra/background.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { Log } from '../infra/logging/log.ts'
import type { Meter } from '../infra/metrics/meter.ts'
import { silentMeter } from '../infra/metrics/meter.ts'
import type { Recurring } from '../infra/recurring.ts'
import { createRecurring } from '../infra/recurring.ts'
import type { ClaimedWork, Topic, WorkResult } from './row.ts'
import type { OutboxStore } from './sql.ts'

const EVERY_MS = 1_000
/** At once; so many calls to WeChat go on beside each other. */
const WORKERS = 8
/** Nodes look at the same rows, and each takes what it gets of them. */
const LOOK_AT = 64
const KEEP_MS = 30 * 86_400_000
const REMOVED_AT_ONCE = 500

/**
 * Does one piece of work; may be asked again for work that it has done, when a process died before it
 * could say so. `retry`: certainly not done, and worth trying again. `settled`: it has written itself
 * what became of it, with what it did. Rejections count as `retry`.
 */
export type Handler = (work: ClaimedWork) => Promise<WorkResult | 'retry' | 'settled'>

type Deps = {
  store: OutboxStore
  handlers: Readonly<Record<Topic, Handler>>
  /** Of this process, so that it knows its claims. */
  workerId: string
  background: Background
  clock: Clock
  log: Log
  meter?: Pick<Meter, 'recurring'>
}

export type OutboxWorker = ReturnType<typeof createOutboxWorker>

/** Works off the outbox; every node has one, and each piece of work is claimed by one of them. */
export const createOutboxWorker = (deps: Deps) => {
  const { store, handlers, workerId, background, clock, log, meter = silentMeter } = deps
  let stopped = false
  const now = () => new Date(clock.now())

  const handle = async (id: number): Promise<void> => {
    const work = await store.claim(id, workerId, now())
    if (work === null) return
    try {
      const ending = await handlers[work.topic](work)
      if (ending === 'retry') await store.retry(work, now())
      else if (ending !== 'settled') await store.finish(work, ending, now())
    } catch (err) {
      log.warn({ err, outboxId: id, topic: work.topic }, 'work of the outbox failed')
      await store.retry(work, now())
    }
  }

  /** Takes from the list until it is empty. */
  const takeFrom = async (ids: number[]): Promise<void> => {
    for (;;) {
      const id = stopped ? undefined : ids.pop()
      if (id === undefined) return
      await handle(id)
    }
  }

  /** Does everything that is due; resolves when nothing is any more. */
  const runDue = async (): Promise<void> => {
    await store.settleAbandoned(now())
    for (;;) {
      const ids = await store.listDue(now(), LOOK_AT)
      if (ids.length === 0 || stopped) return
      const shared = shuffled(ids)
      const ended = await Promise.allSettled(
        Array.from({ length: WORKERS }, () => takeFrom(shared)),
      )
      const failed = ended.find((one) => one.status === 'rejected')
      if (failed !== undefined) throw failed.reason
    }
  }

  const recurring: Recurring = createRecurring({
    background,
    name: 'working off the outbox',
    everyMs: EVERY_MS,
    work: runDue,
    meter,
  })

  return {
    start: recurring.start,
    /** What is under way is done to its end. */
    stop() {
      stopped = true
      recurring.stop()
    },
    runDue,
    /** Resolves to how many rows were removed. */
    removeOld: () => store.removeEnded(new Date(clock.now() - KEEP_MS), REMOVED_AT_ONCE),
  }
}

/** So that nodes that look at the same time do not try for the same rows in the same order. */
const shuffled = (ids: readonly number[]): number[] =>
  ids
    .map((id) => ({ id, order: Math.random() }))
    .sort((one, other) => one.order - other.order)
    .map(({ id }) => id)
