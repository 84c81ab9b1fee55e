import { randomUUID } from 'node:crypto'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { MigrationFile } from './migration-files.ts'
import type { MigrationRecord } from './plan.ts'
import { MigrationRefused, planMigrations } from './plan.ts'

const BUSY_MS = 30_000

const CREATE_RECORDS = `
  CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
  )`

/**
 * Brings a SQLite file up to date; resolves to the names of what was applied. All or nothing: a
 * process that dies on the way leaves the file as it was.
 */
export const migrateSqlite = async (
  file: string,
  migrations: MigrationFile[],
): Promise<string[]> => {
  mkdirSync(dirname(file), { recursive: true })
  closeSync(openSync(file, 'a', 0o600))
  const database = new Sqlite(file, { timeout: BUSY_MS })
  try {
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = FULL')
    // Within a transaction it can't be switched, and a table that is rebuilt must not lose its rows.
    database.pragma('foreign_keys = OFF')
    return database.transaction(() => applyAll(database, migrations)).immediate()
  } finally {
    database.close()
  }
}

const applyAll = (database: Sqlite.Database, migrations: MigrationFile[]) => {
  database.exec(CREATE_RECORDS)
  const pending = planMigrations(migrations, readRecords(database))

  for (const { file, record } of pending) {
    if (record !== undefined) {
      throw new MigrationRefused(
        `the migration ${file.name} failed before, under another tool: ` +
          `mark it by \`prisma migrate resolve --rolled-back ${file.name}\` once its traces are gone`,
      )
    }
    apply(database, file)
  }
  return pending.map(({ file }) => file.name)
}

const apply = (database: Sqlite.Database, { name, sql, checksum }: MigrationFile) => {
  const startedAt = Date.now()
  try {
    database.exec(sql)
  } catch (cause) {
    throw new MigrationRefused(
      `the migration ${name} failed, and nothing was changed: ${(cause as Error).message}`,
      { cause },
    )
  }
  const broken = database.pragma('foreign_key_check') as unknown[]
  if (broken.length > 0) {
    throw new MigrationRefused(
      `the migration ${name} breaks ${broken.length} foreign keys; nothing was changed`,
    )
  }
  // Times are milliseconds, as Prisma's engine writes them on SQLite.
  database
    .prepare(
      `INSERT INTO "_prisma_migrations"
        (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES (?, ?, ?, ?, ?, 1)`,
    )
    .run(randomUUID(), checksum, name, startedAt, Date.now())
}

const readRecords = (database: Sqlite.Database): MigrationRecord[] => {
  type Row = {
    id: string
    migration_name: string
    checksum: string
    finished_at: unknown
    rolled_back_at: unknown
    logs: string | null
  }
  const rows = database.prepare('SELECT * FROM "_prisma_migrations" ORDER BY started_at').all()

  return (rows as Row[]).map((row) => ({
    id: row.id,
    name: row.migration_name,
    checksum: row.checksum,
    finished: row.finished_at !== null,
    rolledBack: row.rolled_back_at !== null,
    logs: row.logs,
  }))
}
