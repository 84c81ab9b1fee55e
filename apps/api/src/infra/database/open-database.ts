import { checkMigrations } from './check-migrations.ts'
import type { Engine } from './engine.ts'

export type DatabaseOptions = {
  /** `mysql://user:password@host:port/database`, for MySQL and MariaDB. */
  url?: string | undefined
  /** The SQLite file, used when there is no `url`. */
  file?: string | undefined
  /** How many connections to MySQL there may be; 10 by default. */
  poolSize?: number | undefined
  /** How long MySQL may leave a statement unanswered; 5 s by default. */
  silenceMs?: number | undefined
  /** Called for every failed connection; the message holds no password. */
  onConnectionError?: ((error: Error) => void) | undefined
}

/** An open database: MySQL, MariaDB or SQLite alike. */
export type Database = {
  engine: Engine
  /** Rejects with `DatabaseUnavailable` unless the database answers now. */
  check(): Promise<void>
  close(): Promise<void>
}

/**
 * Opens a database. Rejects with `DatabaseUnavailable`, naming what is wrong, unless it answers, and
 * with the names of missing migrations. Only the driver of the engine in use is loaded.
 */
export const openDatabase = async (options: DatabaseOptions): Promise<Database> => {
  const engine = await openEngine(options)
  try {
    await checkMigrations(engine, options.url === undefined ? 'sqlite' : 'mysql')
  } catch (error) {
    await engine.close()
    throw error
  }
  const check = async () => {
    await engine.run((client) => client.$queryRawUnsafe('SELECT 1'))
  }
  return { engine, check, close: engine.close }
}

const openEngine = async ({ url, file, ...options }: DatabaseOptions): Promise<Engine> => {
  if (url !== undefined) {
    const { openMysql } = await import('./mysql.ts')
    return await openMysql({ url, ...options })
  }
  if (file === undefined) throw new TypeError('a database needs a url or a file')

  const { openSqlite } = await import('./sqlite.ts')
  return await openSqlite({ file })
}
