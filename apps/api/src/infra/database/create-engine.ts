import type { PrismaClient } from '../../generated/mysql/client.ts'
import type { ConcurrencyLimit } from '../concurrency-limit.ts'
import type { Engine } from './engine.ts'
import { isLostRace, toDatabaseError } from './failures.ts'
import type { RunPipeline } from './pipeline.ts'

type Options = {
  client: PrismaClient
  runPipeline: RunPipeline
  /** Every operation passes through it, a transaction as one. */
  limit: ConcurrencyLimit
  eraseTraces?: (client: PrismaClient) => Promise<void>
  close: () => Promise<void>
}

/** More than the pool takes to say that it has no connection. */
const START_TRANSACTION_MS = 3000
const TRANSACTION_MS = 5000

/** An engine over a connected client. */
export const createEngine = ({
  client,
  runPipeline,
  limit,
  eraseTraces = async () => {},
  close,
}: Options): Engine => {
  const limited = <T>(operation: () => Promise<T>) =>
    limit(operation).catch((error: unknown) => {
      throw toDatabaseError(error)
    })
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
