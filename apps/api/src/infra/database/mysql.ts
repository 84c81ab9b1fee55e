import { PrismaMariaDb } from '@prisma/adapter-mariadb'
import { PrismaClient } from '../../generated/mysql/client.ts'
import { createConcurrencyLimit } from '../concurrency-limit.ts'
import { createEngine } from './create-engine.ts'
import type { Engine } from './engine.ts'
import { isOutOfConnections } from './failures.ts'
import { connectMysql } from './mysql-connect.ts'
import { createMysqlPipelines } from './mysql-pipeline.ts'
import { createMysqlPool } from './mysql-pool.ts'

const DEFAULT_POOL_SIZE = 10
const DEFAULT_SILENCE_MS = 5000

type Options = {
  url: string
  poolSize?: number | undefined
  silenceMs?: number | undefined
  onConnectionError?: ((error: Error) => void) | undefined
}

/** Opens a pool of connections to MySQL or MariaDB, once one connection has been made. */
export const openMysql = async ({
  url,
  poolSize = DEFAULT_POOL_SIZE,
  silenceMs = DEFAULT_SILENCE_MS,
  onConnectionError = () => {},
}: Options): Promise<Engine> => {
  await (await connectMysql(url)).end()

  const pool = createMysqlPool({ url, poolSize, silenceMs, onConnectionError })
  const client = new PrismaClient({ adapter: new PrismaMariaDb(pool, { onConnectionError }) })

  return createEngine({
    client,
    runPipeline: createMysqlPipelines(pool),
    // The pool is never asked for more than it has: its own queue is unfair.
    limit: createConcurrencyLimit(poolSize, isOutOfConnections),
    async close() {
      await client.$disconnect()
      await pool.end()
    },
  })
}
