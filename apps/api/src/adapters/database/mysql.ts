import { PrismaMariaDb } from '@prisma/adapter-mariadb'
import { sqltag as sql } from '@prisma/client/runtime/client'
import { createPool } from 'mariadb'
import { PrismaClient } from '../../generated/mysql/client.ts'
import { createEngine } from './create-engine.ts'
import type { Engine } from './engine.ts'
import { connectionOptions } from './mysql-options.ts'

const ACQUIRE_MS = 2000
const DEFAULT_POOL_SIZE = 10

type Options = {
  url: string
  poolSize?: number | undefined
  onConnectionError?: ((error: Error) => void) | undefined
}

/** Opens a pool of connections to MySQL or MariaDB. */
export const openMysql = async ({
  url,
  poolSize = DEFAULT_POOL_SIZE,
  onConnectionError = () => {},
}: Options): Promise<Engine> => {
  const pool = createPool({
    ...connectionOptions(url),
    connectionLimit: poolSize,
    acquireTimeout: ACQUIRE_MS,
  })
  const client = new PrismaClient({ adapter: new PrismaMariaDb(pool, { onConnectionError }) })

  return createEngine({
    client,
    onUserConflict: sql`ON DUPLICATE KEY UPDATE id = id`,
    width: poolSize,
    async close() {
      await client.$disconnect()
      await pool.end()
    },
  })
}
