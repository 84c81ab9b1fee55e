import { join } from 'node:path'
import Database from 'better-sqlite3'
import { createConnection } from 'mariadb'

export type Size = { meetings: number; members: number }
/** How many take part in each meeting. */
export const PEOPLE = 10
const CHUNK = 50_000
const YEAR_S = 365 * 86_400
const MONTH_S = 30 * 86_400
const SHORT_S = 1_800
/** What each meeting's host is away from the next one's, so that neighbours share nobody. */
const STRIDE = 7_919

/** What both engines spell differently. */
type Dialect = {
  run(sql: string): Promise<unknown>
  /** Rows `seq`, from the one to the other. */
  sequence(from: number, to: number): string
  /** An instant from seconds since 1970. */
  instant(seconds: string): string
  close(): Promise<void>
}

export const idOf = (prefix: string, number: number) =>
  `${prefix}0000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const idSql = (prefix: string, number: string) =>
  `'${prefix}0000000-0000-4000-8000-' || substr('000000000000' || (${number}), -12)`

const openDialect = async (env: NodeJS.ProcessEnv): Promise<Dialect> => {
  if (env.DATABASE_URL === undefined) {
    const database = new Database(join(env.DATA_DIR ?? '', 'oa.db'))
    database.pragma('synchronous = OFF')
    database.pragma('cache_size = -500000')
    return {
      run: async (sql) => {
        const statement = database.prepare(sql)
        return statement.reader ? statement.all() : statement.run()
      },
      sequence: (from, to) =>
        `(WITH RECURSIVE s(seq) AS (SELECT ${from} UNION ALL SELECT seq + 1 FROM s WHERE seq < ${to}) SELECT seq FROM s)`,
      instant: (seconds) => `strftime('%Y-%m-%dT%H:%M:%f+00:00', ${seconds}, 'unixepoch')`,
      close: async () => {
        database.pragma('wal_checkpoint(TRUNCATE)')
        database.close()
      },
    }
  }
  const { hostname, port, username, pathname } = new URL(env.DATABASE_URL)
  const connection = await createConnection({
    host: hostname,
    port: Number(port),
    user: username,
    database: pathname.slice(1),
  })
  await connection.query("SET sql_mode = 'PIPES_AS_CONCAT'")
  return {
    run: (sql) => connection.query(sql),
    sequence: (from, to) => `seq_${from}_to_${to}`,
    instant: (seconds) => `DATE_ADD('1970-01-01', INTERVAL (${seconds}) SECOND)`,
    close: () => connection.end(),
  }
}

/**
 * Fills the API's empty tables: one company, whose member n is the nth user, and meetings of ten people
 * each over the last three years and the next month, of which one in fifty is cancelled or awaits approval.
 */
export const fillCompany = async (
  env: NodeJS.ProcessEnv,
  { meetings, members }: Size,
  onCount: (count: number) => void,
) => {
  const { run, sequence, instant, close } = await openDialect(env)
  const now = Math.floor(Date.now() / 1000)
  const first = now - 3 * YEAR_S
  const step = (3 * YEAR_S + MONTH_S) / meetings
  const at = instant(String(now))
  // Whole minutes, as people plan.
  const startS = `${first} + floor(seq * ${step} / 300) * 300`
  const hostOf = `(1 + (seq * ${STRIDE}) % ${members})`
  const isOver = `(${startS}) < ${now - SHORT_S}`
  try {
    await run(`INSERT INTO org (id, public_id, appid, name, created_at)
      VALUES (1, '${idOf('a', 1)}', 'wx0a0a0a0a0a0a0a0a', '青禾科技', ${at})`)
    await run(`INSERT INTO org_member (public_id, org_id, user_id, status, role, name, joined_at)
      SELECT ${idSql('b', 'rank')}, 1, id, 2, CASE WHEN rank = 1 THEN 3 ELSE 0 END, '成员' || rank, ${at}
      FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS rank FROM wx_user) ranked ORDER BY rank`)
    for (let from = 1; from <= meetings; from += CHUNK) {
      const to = Math.min(meetings, from + CHUNK - 1)
      await run(`INSERT INTO meeting (id, public_id, org_id, request_id, creator_id, host_id, auditor_id,
          state, title, agenda, starts_at, ends_at, people, last_action, created_at, updated_at)
        SELECT seq, ${idSql('c', 'seq')}, 1, 'bench-' || seq, ${hostOf}, ${hostOf},
          CASE WHEN seq % 50 = 1 THEN 1 ELSE NULL END,
          CASE WHEN seq % 50 = 0 THEN 0 WHEN ${isOver} THEN 7 WHEN seq % 50 = 1 THEN 2 ELSE 4 END,
          '例会 ' || seq, '', ${instant(startS)}, ${instant(`${startS} + ${SHORT_S}`)}, ${PEOPLE}, 'submit', ${at}, ${at}
        FROM ${sequence(from, to)} AS numbers`)
      for (let person = 0; person < PEOPLE; person += 1) {
        const member = `1 + (seq * ${STRIDE} + ${Math.floor((person * members) / PEOPLE)}) % ${members}`
        await run(`INSERT INTO meeting_participant (meeting_id, member_id, role, reply, starts_at, is_cancelled)
          SELECT seq, ${member}, ${person === 0 ? 2 : 0}, seq % 3, ${instant(startS)}, seq % 50 = 0
          FROM ${sequence(from, to)} AS numbers`)
      }
      onCount(to)
    }
    if (env.DATABASE_URL === undefined) await run('ANALYZE')
    else await run('ANALYZE TABLE org_member, meeting, meeting_participant')
  } finally {
    await close()
  }
}

/** How many rows of a table match. */
export const countRows = async (env: NodeJS.ProcessEnv, from: string): Promise<number> => {
  const { run, close } = await openDialect(env)
  try {
    const [row] = (await run(`SELECT COUNT(*) AS count FROM ${from}`)) as {
      count: number | bigint
    }[]
    return Number(row?.count ?? 0)
  } finally {
    await close()
  }
}
