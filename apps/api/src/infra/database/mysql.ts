import { PrismaMariaDb } from '@prisma/adapter-mariadb'
import { PrismaClient } from '../../generated/mysql/client.ts'
import { createConcurrencyLimit } from '../concurrency-limit.ts'
import type { Meter } from '../metrics/meter.ts'
import { createEngine } from './create-engine.ts'
import type { Engine } from './engine.ts'
import { DatabaseUnavailable, isOutOfConnections } from './failures.ts'
import { connectMysql } from './mysql-connect.ts'
import { createMysqlPipelines } from './mysql-pipeline.ts'
import { createMysqlPool } from './mysql-pool.ts'

const DEFAULT_POOL_SIZE = 10
const DEFAULT_SILENCE_MS = 5000
/** Phones give up after six seconds; who waited for that long would be answered too late. */
const WAIT_MS = 4000

type Options = {
  url: string
  poolSize?: number | undefined
  silenceMs?: number | undefined
  onConnectionError?: ((error: Error) => void) | undefined
  meter: Meter
}

/** Opens a pool of connections to MySQL or MariaDB, once one connection has been made. */
export const openMysql = async ({
  url,
  poolSize = DEFAULT_POOL_SIZE,
  silenceMs = DEFAULT_SILENCE_MS,
  onConnectionError = () => {},
  meter,
}: Options): Promise<Engine> => {
  await (await connectMysql(url)).end()

  const pool = createMysqlPool({ url, poolSize, silenceMs, onConnectionError })
  // The pool is never asked for more than it has: its own queue is unfair.
  const limit = createConcurrencyLimit(poolSize, isOutOfConnections, {
    ms: WAIT_MS,
    error: () => new DatabaseUnavailable('every connection to the database was busy for too long'),
  })
  meter.gauge({
    name: 'oa_database_pool_connections',
    help: 'Connections to the database, by what they do; limit is how many there may be.',
    labels: ['state'],
    read: () => [
      { value: pool.activeConnections(), labels: { state: 'active' } },
      { value: pool.idleConnections(), labels: { state: 'idle' } },
      { value: poolSize, labels: { state: 'limit' } },
    ],
  })
  meter.gauge({
    name: 'oa_database_waiting',
    help: 'Operations that wait for a connection.',
    read: () => [{ value: limit.waiting() }],
  })
  const client = new PrismaClient({ adapter: new PrismaMariaDb(pool, { onConnectionError }) })

  return createEngine({
    client,
    runPipeline: createMysqlPipelines(pool),
    limit,
    meter,
    async close() {
      await client.$disconnect()
      await pool.end()
    },
  })
}
