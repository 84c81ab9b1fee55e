import { randomUUID } from 'node:crypto'
import type { Connection } from 'mariadb'
import type { MigrationFile } from './migration-files.ts'
import type { MigrationRecord } from './plan.ts'

/** As Prisma's engine makes it. */
const CREATE_RECORDS = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum                VARCHAR(64) NOT NULL,
    finished_at             DATETIME(3),
    migration_name          VARCHAR(255) NOT NULL,
    logs                    TEXT,
    rolled_back_at          DATETIME(3),
    started_at              DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    applied_steps_count     INTEGER UNSIGNED NOT NULL DEFAULT 0
  ) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`

export const createRecords = (connection: Connection) => connection.query(CREATE_RECORDS)

export const readRecords = async (connection: Connection): Promise<MigrationRecord[]> => {
  type Row = {
    id: string
    migration_name: string
    checksum: string
    finished: number
    rolled_back: number
    logs: string | null
  }
  const rows: Row[] = await connection.query(`
    SELECT id, migration_name, checksum, finished_at IS NOT NULL AS finished,
      rolled_back_at IS NOT NULL AS rolled_back, logs
    FROM _prisma_migrations ORDER BY started_at`)

  return rows.map((row) => ({
    id: row.id,
    name: row.migration_name,
    checksum: row.checksum,
    finished: Number(row.finished) === 1,
    rolledBack: Number(row.rolled_back) === 1,
    logs: row.logs,
  }))
}

/** Writes down that a migration has begun and how many of its statements are in effect. */
export const startRecord = async (
  connection: Connection,
  { name, checksum }: MigrationFile,
  applied = 0,
): Promise<string> => {
  const id = randomUUID()
  await connection.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, logs, started_at)
     VALUES (?, ?, ?, ?, UTC_TIMESTAMP(3))`,
    [id, checksum, name, formatProgress({ applied, failure: null })],
  )
  return id
}

/** How far a migration that did not finish has come. `failure` is null when its process died. */
export type Progress = { applied: number; failure: string | null }

export const saveProgress = (connection: Connection, id: string, progress: Progress) =>
  connection.query('UPDATE _prisma_migrations SET logs = ? WHERE id = ?', [
    formatProgress(progress),
    id,
  ])

export const finishRecord = (connection: Connection, id: string) =>
  connection.query(
    `UPDATE _prisma_migrations
     SET finished_at = UTC_TIMESTAMP(3), applied_steps_count = 1, logs = NULL WHERE id = ?`,
    [id],
  )

/** Null when the record was written by another tool. */
export const parseProgress = (logs: string | null): Progress | null => {
  const [, applied, failure] = /^statements applied: (\d+)(?:\n([\s\S]*))?$/.exec(logs ?? '') ?? []

  return applied === undefined ? null : { applied: Number(applied), failure: failure ?? null }
}

const formatProgress = ({ applied, failure }: Progress) =>
  [`statements applied: ${applied}`, ...(failure === null ? [] : [failure])].join('\n')
