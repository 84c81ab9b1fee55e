import { PrismaMariaDb } from '@prisma/adapter-mariadb'
import { sqltag as sql } from '@prisma/client/runtime/client'
import { createPool } from 'mariadb'
import { PrismaClient } from '../../generated/mysql/client.ts'
import { createEngine } from './create-engine.ts'
import type { Engine } from './engine.ts'
import { createLane } from './lane.ts'
import { limitSilence } from './limit-silence.ts'
import { connectMysql } from './mysql-connect.ts'
import { connectionOptions } from './mysql-options.ts'

const ACQUIRE_MS = 2000
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

  const pool = createPool({
    ...connectionOptions(url),
    connectionLimit: poolSize,
    acquireTimeout: ACQUIRE_MS,
  })
  const client = new PrismaClient({
    adapter: new PrismaMariaDb(limitSilence(pool, silenceMs), { onConnectionError }),
  })

  return createEngine({
    client,
    onUserConflict: sql`ON DUPLICATE KEY UPDATE id = id`,
    lane: createLane(poolSize),
    async close() {
      await client.$disconnect()
      await pool.end()
    },
  })
}
