import type { MariaDb } from '@oa/test-servers'
import { startMariaDb } from '@oa/test-servers'
import { describeWithServers } from '@oa/test-servers/vitest'
import type { Connection } from 'mariadb'
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import type { Engine } from '../../src/infra/database/engine.ts'
import { DatabaseUnavailable } from '../../src/infra/database/failures.ts'
import { migrateDatabase } from '../../src/infra/database/migrations/migrate-database.ts'
import { connectMysql } from '../../src/infra/database/mysql-connect.ts'
import type { Database, DatabaseOptions } from '../../src/infra/database/open-database.ts'
import { openDatabase } from '../../src/infra/database/open-database.ts'
import type { Query, Statement } from '../../src/infra/database/statement.ts'
import { insertInto } from '../../src/infra/database/statement.ts'
import { queryRows } from './query.ts'

type Note = { id: number; text: string }

const INSERT = insertInto<Note>('note', { id: ({ id }) => id, text: ({ text }) => text })
const LOCK: Statement<{ id: number }> = {
  sqlite: { text: '', values: () => [] },
  mysql: ([row]) => ({
    text: `UPDATE note SET text = CONCAT(text, '!') WHERE id = ?`,
    values: [row?.id ?? 0],
  }),
}
const SELECT: Query<object, Note> = {
  times: [],
  sqlite: { text: '', values: () => [] },
  mysql: () => ({ text: 'SELECT id, text FROM note ORDER BY id', values: [] }),
}

const CONNECTION: Query<object, { id: number }> = {
  times: [],
  sqlite: { text: '', values: () => [] },
  mysql: () => ({ text: 'SELECT CAST(CONNECTION_ID() AS SIGNED INTEGER) AS id', values: [] }),
}

describeWithServers(['mariadb'], 'A pipeline on a server in trouble', () => {
  let server: MariaDb
  let url: string
  let database: Database
  let engine: Engine
  beforeAll(async () => {
    server = await startMariaDb({ args: ['--sql-mode=NO_BACKSLASH_ESCAPES,ANSI'] })
    url = await server.createDatabase()
    const root = await connectMysql(url)
    await root.query('CREATE TABLE note (id INTEGER NOT NULL PRIMARY KEY, text VARCHAR(99))')
    await root.end()
    await migrateDatabase({ url })
    database = await openDatabase({ url })
    engine = database.engine
  }, 60_000)
  beforeEach(() => engine.run((client) => client.$executeRawUnsafe('DELETE FROM note')))
  afterAll(async () => {
    await database.close()
    await server.stop()
  })

  const open = async (options: DatabaseOptions) => {
    const opened = await openDatabase({ url, ...options })
    onTestFinished(() => opened.close())
    return opened.engine
  }
  const rival = async () => {
    const connection = await connectMysql(url)
    onTestFinished(() => connection.end())
    await connection.beginTransaction()
    return connection
  }
  const stored = async () => queryRows({ url }, 'SELECT id, text FROM note ORDER BY id')

  it('keeps every text a text, also when the server takes a backslash for a letter', async () => {
    const notes = [`\\'; DELETE FROM note; -- `, `\\`, `''`, `\\\\' OR 1=1 -- `].map(
      (text, id) => ({ id, text }),
    )
    await engine.pipeline(async (pipeline) => pipeline.send(INSERT, notes))

    expect(await engine.pipeline((pipeline) => pipeline.query(SELECT, [{}]))).toEqual(notes)
  })

  /** Two transactions that lock two rows in opposite orders; the rival has written more. */
  const deadlock = async (holder: Connection, attempts: 1 | 2) => {
    const fresh = Array.from({ length: 50 }, (_, index) => [1_000 + index, 'weight'])
    await holder.batch('INSERT INTO note VALUES (?, ?)', fresh)
    await holder.query('UPDATE note SET text = ? WHERE id = 2', ['held'])
    const working = engine.pipeline(
      async (pipeline) => {
        pipeline.send(LOCK, [{ id: 1 }])
        await pipeline.query(SELECT, [{}])
        pipeline.send(INSERT, [{ id: 10, text: 'before' }])
        pipeline.send(LOCK, [{ id: 2 }])
        pipeline.send(INSERT, [{ id: 11, text: 'after' }])
      },
      { attempts },
    )
    const settled = Promise.allSettled([working])
    const waiting = 'SELECT COUNT(*) AS waiting FROM information_schema.innodb_lock_waits'
    // The server renews that table only when nobody has looked for a tenth of a second.
    await vi.waitFor(
      async () => expect(Number((await queryRows({ url }, waiting))[0]?.waiting)).toBe(1),
      { interval: 200, timeout: 1_800 },
    )
    await holder.query('UPDATE note SET text = ? WHERE id = 1', ['held'])
    await holder.rollback()
    const [outcome] = await settled
    return outcome
  }
  const two = [
    { id: 1, text: 'one' },
    { id: 2, text: 'two' },
  ]

  it('leaves nothing of a transaction that a deadlock undid, nor of what was sent after it', async () => {
    await engine.pipeline(async (pipeline) => pipeline.send(INSERT, two))
    const outcome = await deadlock(await rival(), 1)

    expect(outcome).toMatchObject({
      status: 'rejected',
      reason: expect.any(DatabaseUnavailable),
    })
    expect(await stored()).toEqual(two)
  }, 20_000)

  it('tries once more after a deadlock', async () => {
    await engine.pipeline(async (pipeline) => pipeline.send(INSERT, two))
    const outcome = await deadlock(await rival(), 2)

    expect(outcome).toMatchObject({ status: 'fulfilled' })
    expect(await stored()).toEqual([
      { id: 1, text: 'one!' },
      { id: 2, text: 'two!' },
      { id: 10, text: 'before' },
      { id: 11, text: 'after' },
    ])
  }, 20_000)

  it('fails when the server hangs, gives the connection up, and goes on when it wakes', async () => {
    const impatient = await open({ poolSize: 1, silenceMs: 300 })
    const write = (id: number) =>
      impatient.pipeline(async (pipeline) => pipeline.send(INSERT, [{ id, text: 'text' }]))
    await write(1)
    await server.kill('SIGSTOP')
    try {
      await expect(write(2)).rejects.toThrow(DatabaseUnavailable)
    } finally {
      await server.kill('SIGCONT')
    }
    await vi.waitFor(() => write(3), { timeout: 10_000 })

    expect((await stored()).map(({ id }) => id)).toContain(3)
  }, 30_000)

  it('fails when the connection is lost between two statements, having written nothing', async () => {
    const failing = engine.pipeline(async (pipeline) => {
      pipeline.send(INSERT, [{ id: 1, text: 'text' }])
      const [connection] = await pipeline.query(CONNECTION, [{}])
      await queryRows({ url }, `KILL CONNECTION ${connection?.id ?? 0}`)
      pipeline.send(INSERT, [{ id: 2, text: 'text' }])
    })

    await expect(failing).rejects.toThrow(DatabaseUnavailable)
    expect(await stored()).toEqual([])
    await engine.pipeline(async (pipeline) => pipeline.send(INSERT, two))
    expect(await stored()).toEqual(two)
  }, 20_000)
})
