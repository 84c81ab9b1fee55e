import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import Database from 'better-sqlite3'
import type { PrismaClient as MysqlClient } from '../../generated/mysql/client.ts'
import { PrismaClient } from '../../generated/sqlite/client.ts'
import type { ConcurrencyLimit } from '../concurrency-limit.ts'
import { createConcurrencyLimit } from '../concurrency-limit.ts'
import type { Meter } from '../metrics/meter.ts'
import { createEngine } from './create-engine.ts'
import type { Engine } from './engine.ts'
import type { RunPipeline } from './pipeline.ts'
import { createSqlitePipelines } from './sqlite-pipeline.ts'

const BUSY_MS = 5000
/**
 * FULL: what was acknowledged survives a crash of the machine too. And what was deleted is overwritten,
 * else it would stay readable in the file.
 */
const PRAGMAS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
  PRAGMA secure_delete = ON;
`

/**
 * One operation at a time for each file. A client has one connection, and whatever ran beside a
 * transaction would become a part of it; and a second client in this process would wait for the lock
 * of the first without letting it go on.
 */
const limits = new Map<string, ConcurrencyLimit>()

/** Opens the SQLite file, which only this system user may read; creates it when it is missing. */
export const openSqlite = async ({
  file,
  meter,
}: {
  file: string
  meter: Meter
}): Promise<Engine> => {
  mkdirSync(dirname(file), { recursive: true })
  closeSync(openSync(file, 'a', 0o600))

  let runPipeline: RunPipeline = () => Promise.reject(new Error('the database is not open'))
  const adapter = createAdapter(file, (connection) => {
    runPipeline = createSqlitePipelines(connection)
  })
  const client = new PrismaClient({ adapter })
  await client.$connect()

  return createEngine({
    // The models are the same; of what differs (isolation levels, `skipDuplicates`) nothing is used.
    client: client as unknown as MysqlClient,
    runPipeline: (work) => runPipeline(work),
    limit: limitOf(file),
    meter,
    // The log still holds what the pages held before. While another process reads it this does nothing;
    // it is done next time, or when the last process closes the file.
    eraseTraces: async (opened) => {
      await opened.$queryRawUnsafe('PRAGMA wal_checkpoint(TRUNCATE)')
    },
    close: () => client.$disconnect(),
  })
}

/** `onConnect` is given the connection that the client is going to use, and each that replaces it. */
const createAdapter = (file: string, onConnect: (connection: Database.Database) => void) => {
  const factory = new PrismaBetterSqlite3({ url: file, timeout: BUSY_MS })
  const connect = factory.connect.bind(factory)
  factory.connect = async () => {
    const adapter = await connect()
    await adapter.executeScript(PRAGMAS)
    onConnect(connectionOf(adapter))
    return adapter
  }
  return factory
}

/** The adapter offers no way to its connection but this one, which its types leave out. */
const connectionOf = (adapter: object): Database.Database => {
  const connection: unknown = Reflect.get(adapter, 'client')
  if (connection instanceof Database) return connection
  throw new Error("Prisma's adapter has its connection elsewhere")
}

const limitOf = (file: string): ConcurrencyLimit => {
  const path = resolve(file)
  const limit = limits.get(path) ?? createConcurrencyLimit(1, () => false)
  limits.set(path, limit)
  return limit
}
