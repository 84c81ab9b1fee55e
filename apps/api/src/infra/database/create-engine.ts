import type { Sql } from '@prisma/client/runtime/client'
import type { PrismaClient } from '../../generated/mysql/client.ts'
import type { ConcurrencyLimit } from './concurrency-limit.ts'
import type { Engine } from './engine.ts'
import { isLostRace, toDatabaseError } from './failures.ts'

type Options = {
  client: PrismaClient
  onUserConflict: Sql
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
  onUserConflict,
  limit,
  eraseTraces = async () => {},
  close,
}: Options): Engine => {
  const run: Engine['run'] = (operation) =>
    limit(() => operation(client)).catch((error: unknown) => {
      throw toDatabaseError(error)
    })

  return {
    onUserConflict,
    run,
    transact: (operation, { attempts = 2 } = {}) =>
      run(async () => {
        const once = () =>
          client.$transaction(operation, { maxWait: START_TRANSACTION_MS, timeout: TRANSACTION_MS })
        try {
          return await once()
        } catch (error) {
          if (attempts === 1 || !isLostRace(error)) throw error
          return await once()
        }
      }),
    eraseTraces: () => run(eraseTraces).catch(() => {}),
    close,
  }
}
