import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { createConnection } from 'mariadb'
import type { Server } from './servers.ts'

export type Databases = {
  /** What the API needs to find its own. */
  ours: NodeJS.ProcessEnv
  /** The same for another server, which gets the same database each time. */
  envOf(name: string, database: Exclude<Server['database'], 'ours'>): Promise<NodeJS.ProcessEnv>
  /**
   * Fills the API's empty table of users; person n has the openid that `openidOf(n)` tells. `onCount`
   * hears how many there are so far.
   */
  fill(
    people: number,
    options: {
      appId: string
      openidOf: (person: number) => string
      onCount: (count: number) => void
    },
  ): Promise<void>
}

const INSERT = `INSERT INTO wx_user
  (public_id, appid, weixin_openid, username, nickname, add_time, update_time, last_login_time)
  VALUES (?, ?, ?, ?, '普通用户', ?, ?, ?)`
const BATCH = 5_000
const NEW_PUBLIC_ID = '00000000-0000-4000-8000-'
const publicIdOf = (person: number) => NEW_PUBLIC_ID + String(person).padStart(12, '0')
const rowOf = (person: number, appId: string, openid: string) => {
  const publicId = publicIdOf(person)
  return [publicId, appId, openid, publicId]
}

export const openSqliteDatabases = (folder: string): Databases => {
  const ours = join(folder, 'oa.db')
  return {
    ours: { DATA_DIR: folder },
    async envOf(name, database) {
      if (database === 'none') return {}
      const file = join(folder, `${name.replace(/\W+/g, '-')}.db`)
      if (database === 'copy' && !existsSync(file)) copySqlite(ours, file)
      return { DATABASE_FILE: file }
    },
    async fill(people, { appId, openidOf, onCount }) {
      const connection = new Database(ours)
      try {
        // What is lost in a power cut here is written again by the next run.
        connection.pragma('synchronous = OFF')
        connection.pragma('cache_size = -500000')
        const insert = connection.prepare(INSERT)
        const now = new Date().toISOString()
        const insertBatch = connection.transaction((first: number, count: number) => {
          for (let person = first; person < first + count; person += 1) {
            insert.run(...rowOf(person, appId, openidOf(person)), now, now, now)
          }
        })
        for (let first = 0; first < people; first += BATCH) {
          insertBatch(first, Math.min(BATCH, people - first))
          onCount(first)
        }
        connection.pragma('wal_checkpoint(TRUNCATE)')
      } finally {
        connection.close()
      }
    },
  }
}

/** In WAL mode, as the API's own. */
const copySqlite = (from: string, to: string) => {
  const source = new Database(from)
  source.prepare('VACUUM INTO ?').run(to)
  source.close()
  const copy = new Database(to)
  copy.pragma('journal_mode = WAL')
  copy.close()
}

export const openMariaDatabases = async (
  createDatabase: () => Promise<string>,
): Promise<Databases> => {
  const ours = await createDatabase()
  const urls = new Map<string, string>()
  return {
    ours: { DATABASE_URL: ours },
    async envOf(name, database) {
      if (database === 'none') return {}
      const known = urls.get(name)
      const url = known ?? (await createDatabase())
      urls.set(name, url)
      if (database === 'copy' && known === undefined) {
        await onMariaDb(ours, (connection) =>
          connection.query(
            `CREATE TABLE \`${new URL(url).pathname.slice(1)}\`.wx_user LIKE wx_user`,
          ),
        )
      }
      return { DATABASE_URL: url }
    },
    fill: (people, { appId, openidOf, onCount }) =>
      onMariaDb(ours, async (connection) => {
        const now = new Date()
        for (let first = 0; first < people; first += BATCH) {
          const count = Math.min(BATCH, people - first)
          const rows = Array.from({ length: count }, (_, index) => [
            ...rowOf(first + index, appId, openidOf(first + index)),
            now,
            now,
            now,
          ])
          // Outside a transaction every row would be one of its own.
          await connection.beginTransaction()
          await connection.batch(INSERT, rows)
          await connection.commit()
          onCount(first)
        }
        await connection.query('ANALYZE TABLE wx_user')
      }),
  }
}

const onMariaDb = async (
  url: string,
  use: (connection: Awaited<ReturnType<typeof createConnection>>) => Promise<unknown>,
) => {
  const { hostname, port, username, pathname } = new URL(url)
  const connection = await createConnection({
    host: hostname,
    port: Number(port),
    user: username,
    database: pathname.slice(1),
  })
  try {
    await use(connection)
  } finally {
    await connection.end()
  }
}
