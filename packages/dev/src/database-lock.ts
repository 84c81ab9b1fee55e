import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import Database from 'better-sqlite3'

/** Who uses the database; written beside the lock for the one who is refused. */
type Holder = { pid: number; api: string }

/**
 * Keeps a second `dev` away from a SQLite file, whose users expect to be its only process: what nodes
 * share without Redis is in memory. The lock is one of SQLite on a file of its own, which the system
 * releases however the process ends. Throws a message that names the holder and the cure.
 */
export const lockDatabase = (file: string, api: string): { release(): void } => {
  const path = `${file}.dev-lock`
  mkdirSync(dirname(path), { recursive: true })
  const lock = new Database(path, { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_BUSY') {
      throw new Error(describeHolder(file, readHolder(`${path}.json`)))
    }
    throw error
  }
  const holder: Holder = { pid: process.pid, api }
  writeFileSync(`${path}.json`, JSON.stringify(holder))
  return { release: () => lock.close() }
}

const describeHolder = (file: string, holder: Holder | null) => {
  const folder = relative(process.cwd(), dirname(file))
  const other = holder === null ? '' : ` (process ${holder.pid}, API ${holder.api})`
  return [
    `Another \`pnpm dev\`${other} uses the database in ${folder}.`,
    'Stop it with Ctrl-C where it runs, or give this one a folder of its own:',
    'DATA_DIR=apps/api/.data/second',
  ].join('\n')
}

const readHolder = (path: string): Holder | null => {
  try {
    const kept: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return isHolder(kept) ? kept : null
  } catch {
    // It is only a courtesy: between taking the lock and writing the file there is a moment without one.
    return null
  }
}

const isHolder = (value: unknown): value is Holder =>
  typeof value === 'object' &&
  value !== null &&
  'pid' in value &&
  typeof value.pid === 'number' &&
  'api' in value &&
  typeof value.api === 'string'
