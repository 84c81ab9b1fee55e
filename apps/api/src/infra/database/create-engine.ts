import type { PrismaClient } from '../../generated/mysql/client.ts'
import type { ConcurrencyLimit } from '../concurrency-limit.ts'
import type { Meter } from '../metrics/meter.ts'
import type { Engine } from './engine.ts'
import { DatabaseUnavailable, isLostRace, toDatabaseError } from './failures.ts'
import type { RunPipeline } from './pipeline.ts'

type Options = {
  client: PrismaClient
  runPipeline: RunPipeline
  /** Every operation passes through it, a transaction as one. */
  limit: ConcurrencyLimit
  meter: Pick<Meter, 'databaseWork'>
  eraseTraces?: (client: PrismaClient) => Promise<void>
  close: () => Promise<void>
}

/** More than the pool takes to say that it has no connection. */
const START_TRANSACTION_MS = 3000
const TRANSACTION_MS = 5000
/** An answer of before says nothing about now. */
const RECENT_MS = 1000

/** An engine over a connected client. */
export const createEngine = ({
  client,
  runPipeline,
  limit,
  meter,
  eraseTraces = async () => {},
  close,
}: Options): Engine => {
  let answeredAt = Number.NEGATIVE_INFINITY
  const limited = async <T>(operation: () => Promise<T>) => {
    const begun = performance.now()
    const done = (outcome: 'ok' | 'unavailable' | 'failed') =>
      meter.databaseWork({ outcome, seconds: (performance.now() - begun) / 1_000 })
    try {
      const result = await limit(operation)
      answeredAt = performance.now()
      done('ok')
      return result
    } catch (cause) {
      const error = toDatabaseError(cause)
      done(error instanceof DatabaseUnavailable ? 'unavailable' : 'failed')
      throw error
    }
  }
  const run: Engine['run'] = (operation) => limited(() => operation(client))

  return {
    run,
    transact: (operation, { attempts = 2 } = {}) =>
      limited(() =>
        tryUpTo(attempts, () =>
          client.$transaction(operation, {
            maxWait: START_TRANSACTION_MS,
            timeout: TRANSACTION_MS,
          }),
        ),
      ),
    pipeline: (work, { attempts = 2 } = {}) =>
      limited(() => tryUpTo(attempts, () => runPipeline(work))),
    isBusyAndAnswering: () => limit.waiting() > 0 && performance.now() - answeredAt < RECENT_MS,
    eraseTraces: () => run(eraseTraces).catch(() => {}),
    close,
  }
}

const tryUpTo = async <T>(attempts: 1 | 2, once: () => Promise<T>): Promise<T> => {
  try {
    return await once()
  } catch (error) {
    if (attempts === 1 || !isLostRace(error)) throw error
    return await once()
  }
}
