import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { createConnection } from 'mariadb'
import type { Progress } from '../progress.ts'
import { OURS } from '../servers.ts'
import type { Store } from '../world.ts'
import { openWorld } from '../world.ts'

const WECHAT = 'packages/bench/src/servers/slow-message-server.ts'
const APP_ID = 'wx0a0a0a0a0a0a0a0a'
const TEMPLATE = 'bench-result'
const WX_TEMPLATES = JSON.stringify({
  result: { id: TEMPLATE, fields: { title: 'thing1', time: 'time2', result: 'thing3' } },
})
const CHUNK = 500
const POLL_MS = 200
const GIVE_UP_MS = 300_000

export type OutboxRate = {
  messages: number
  /** From the first message that was sent to the last. */
  seconds: number
  perSecond: number
  sent: number
}

/**
 * How fast one node sends messages while WeChat takes 100 ms for each, beside so many rows of the outbox
 * that are not due yet.
 */
export const measureOutbox = async (
  store: Store,
  { messages, waiting }: { messages: number; waiting: number },
  progress: Progress,
): Promise<OutboxRate> => {
  const world = await openWorld(store, { weChat: WECHAT })
  try {
    const openidOf = (person: number) =>
      `o${createHash('md5').update(`outbox${person}`).digest('hex').slice(0, 27)}`
    await world.databases.fill(messages, { appId: APP_ID, openidOf, onCount: () => {} })
    const { run, close } = await openDatabase(world.databases.ours)
    try {
      progress.say(`${store}: ${waiting} rows of the outbox`)
      await fill(run, { messages, waiting })
      await world.start({ ...OURS, env: { WX_TEMPLATES } })
      progress.say(`${store}: ${messages} messages`)
      const count = async (where: string) => {
        const [row] = await run(
          `SELECT COUNT(*) AS count FROM outbox WHERE topic = 'message' AND ${where}`,
        )
        return Number(row?.count ?? 0)
      }
      const startedAt = performance.now()
      let first: number | null = null
      let done = 0
      while (done < messages && performance.now() - startedAt < GIVE_UP_MS) {
        await sleep(POLL_MS)
        done = await count('state = 1')
        if (done > 0) first ??= performance.now() - POLL_MS
      }
      const seconds = (performance.now() - (first ?? startedAt)) / 1000
      const sent = await count("result = 'sent'")
      return { messages, seconds, perSecond: done / seconds, sent }
    } finally {
      await close()
    }
  } finally {
    await world.close()
  }
}

type Row = Record<string, unknown>
type Run = (sql: string) => Promise<Row[]>

/** A company whose every member has agreed to one message, and is to be sent it. */
const fill = async (run: Run, { messages, waiting }: { messages: number; waiting: number }) => {
  const at = `'${new Date().toISOString().replace('T', ' ').replace('Z', '')}'`
  await run(`INSERT INTO org (id, public_id, appid, name, created_at)
    VALUES (1, 'a0000000-0000-4000-8000-000000000001', '${APP_ID}', '青禾科技', ${at})`)
  await run(`INSERT INTO org_member (id, public_id, org_id, user_id, status, role, name)
    SELECT id, public_id, 1, id, 2, 0, '成员' FROM wx_user`)
  await run(`INSERT INTO message_consent (user_id, template_id, credit, changed_at)
    SELECT id, '${TEMPLATE}', 1, ${at} FROM wx_user`)
  const ids = (await run('SELECT id FROM org_member ORDER BY id')).map(({ id }) => Number(id))
  const later = "'2099-01-01 00:00:00.000'"
  const insert = (values: string[]) =>
    run(`INSERT INTO outbox (topic, dedupe_key, payload, available_at, deadline_at, created_at)
      VALUES ${values.join(', ')}`)
  for (let from = 0; from < waiting; from += CHUNK) {
    const rows = Array.from({ length: Math.min(CHUNK, waiting - from) }, (_, index) => from + index)
    await insert(
      rows.map((row) => `('waiting', 'waiting:${row}', '{}', ${later}, ${later}, ${at})`),
    )
  }
  for (let from = 0; from < messages; from += CHUNK) {
    const payload = JSON.stringify({
      orgId: 1,
      kind: 'join_accepted',
      onceKey: `bench-${from}`,
      title: '青禾科技',
      startsAt: null,
      reason: null,
      applicantId: null,
      page: null,
      at: new Date().toISOString(),
      writesLines: false,
      to: ids.slice(from, from + CHUNK),
    })
    await insert([`('announcement', 'bench:${from}', '${payload}', ${at}, ${later}, ${at})`])
  }
}

const openDatabase = async (
  env: NodeJS.ProcessEnv,
): Promise<{ run: Run; close(): Promise<void> }> => {
  if (env.DATABASE_URL === undefined) {
    const database = new Database(join(env.DATA_DIR ?? '', 'oa.db'))
    return {
      async run(sql) {
        const statement = database.prepare(sql)
        if (statement.reader) return statement.all() as Row[]
        statement.run()
        return []
      },
      close: async () => void database.close(),
    }
  }
  const { hostname, port, username, pathname } = new URL(env.DATABASE_URL)
  const database = pathname.slice(1)
  const connection = await createConnection({
    host: hostname,
    port: Number(port),
    user: username,
    database,
  })
  return { run: async (sql) => connection.query(sql), close: () => connection.end() }
}
