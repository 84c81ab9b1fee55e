import type { Meter } from '../metrics/meter.ts'
import { silentMeter } from '../metrics/meter.ts'
import { checkMigrations } from './check-migrations.ts'
import type { Clock } from './clock.ts'
import { createServerClock, localClock } from './clock.ts'
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
  /** Called when this node's clock is far from MySQL's, with how far it is ahead (ms). */
  onDrift?: ((aheadMs: number) => void) | undefined
  meter?: Meter | undefined
}

/** An open database: MySQL, MariaDB or SQLite alike. */
export type Database = {
  engine: Engine
  /** MySQL's clock, which all nodes share; with SQLite that of this machine. */
  clock: Clock
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
    if (engine.isBusyAndAnswering()) return
    await engine.run((client) => client.$queryRawUnsafe('SELECT 1'))
  }
  const clock = options.url === undefined ? null : await openClock(engine, options)
  const close = async () => {
    clock?.close()
    await engine.close()
  }
  return { engine, clock: clock ?? localClock, check, close }
}

const openClock = async (
  engine: Engine,
  { onDrift = () => {}, meter = silentMeter }: DatabaseOptions,
) => {
  const clock = await createServerClock({
    async ask() {
      const rows = await engine.run((client) =>
        client.$queryRawUnsafe<{ now: bigint }[]>(
          'SELECT CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED) AS now',
        ),
      )
      return Number(rows[0]?.now)
    },
    onDrift,
  })
  meter.gauge({
    name: 'oa_clock_ahead_seconds',
    help: "How far this machine's clock is ahead of the database's, which counts.",
    read: () => [{ value: clock.aheadMs() / 1_000 }],
  })
  return clock
}

const openEngine = async ({
  url,
  file,
  meter = silentMeter,
  ...options
}: DatabaseOptions): Promise<Engine> => {
  if (url !== undefined) {
    const { openMysql } = await import('./mysql.ts')
    return await openMysql({ url, meter, ...options })
  }
  if (file === undefined) throw new TypeError('a database needs a url or a file')

  const { openSqlite } = await import('./sqlite.ts')
  return await openSqlite({ file, meter })
}
