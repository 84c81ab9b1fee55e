import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest'
import type { Engine } from '../../src/infra/database/engine.ts'
import { DatabaseUnavailable } from '../../src/infra/database/failures.ts'
import { migrateDatabase } from '../../src/infra/database/migrations/migrate-database.ts'
import type { Database, DatabaseOptions } from '../../src/infra/database/open-database.ts'
import { openDatabase } from '../../src/infra/database/open-database.ts'
import type { Query, Statement } from '../../src/infra/database/statement.ts'
import { insertInto, placeholders } from '../../src/infra/database/statement.ts'
import { describeOnEachEngine } from './engines.ts'
import { NOW } from './fixtures.ts'
import { queryRows } from './query.ts'

type Note = { id: number; text: string | null; at: Date | null }

const COLUMNS = {
  id: ({ id }: Note) => id,
  text: ({ text }: Note) => text,
  at: ({ at }: Note) => at,
}
const INSERT = insertInto<Note>('note', COLUMNS)
const INSERT_NEW = insertInto<Note>('note', COLUMNS, { skipConflictOn: ['id'] })
const SELECT: Query<{ id: number }, Note> = {
  times: ['at'],
  sqlite: { text: 'SELECT id, text, at FROM note WHERE id = ?', values: ({ id }) => [id] },
  mysql: (rows) => ({
    text: `SELECT id, text, at FROM note WHERE id IN (${placeholders(rows.length)}) ORDER BY id`,
    values: rows.map(({ id }) => id),
  }),
}
const BROKEN: Statement<object> = {
  sqlite: { text: "INSERT INTO note (id) VALUES ('not a number')", values: () => [] },
  mysql: () => ({ text: "INSERT INTO note (id) VALUES ('not a number')", values: [] }),
}

const aNote = (id: number, text: string | null = 'text', at: Date | null = NOW): Note => ({
  id,
  text,
  at,
})

/** What a text that is pasted into a statement would do harm with. */
const HOSTILE = [
  `'; DROP TABLE note; -- `,
  `\\'; DROP TABLE note; -- `,
  'ends with a backslash \\',
  '"double" `back` \\\\ \\0 \\n',
  'a\0b\x1ac',
  '? :name @var /* */ # --',
  '小明 👨‍👩‍👧 𠮷',
  '',
]

describeOnEachEngine('A pipeline', (testEngine) => {
  let options: DatabaseOptions
  let database: Database
  let engine: Engine
  beforeAll(async () => {
    options = await testEngine.create()
    await migrateDatabase(options)
    database = await openDatabase(options)
    engine = database.engine
    const type = testEngine.kind === 'sqlite' ? 'DATETIME' : 'DATETIME(3)'
    await engine.run((client) =>
      client.$executeRawUnsafe(
        `CREATE TABLE note (id INTEGER NOT NULL PRIMARY KEY, text VARCHAR(99), at ${type})`,
      ),
    )
  }, 30_000)
  beforeEach(() => engine.run((client) => client.$executeRawUnsafe('DELETE FROM note')))
  afterAll(() => database.close())

  const stored = async () =>
    (await queryRows(options, 'SELECT id FROM note ORDER BY id')).map(({ id }) => Number(id))
  const write = (...notes: Note[]) =>
    engine.pipeline(async (pipeline) => pipeline.send(INSERT, notes))

  it('reads what it wrote, whatever the text, and times to the millisecond', async () => {
    const notes = [
      ...HOSTILE.map((text, index) => aNote(index, text)),
      aNote(90, null, null),
      aNote(91, 'at midnight', new Date('2026-01-01T00:00:00.000Z')),
    ]
    const found = await engine.pipeline((pipeline) => {
      pipeline.send(INSERT, notes)
      return pipeline.query(SELECT, notes)
    })

    expect(found).toEqual(notes)
    expect(await engine.pipeline((pipeline) => pipeline.query(SELECT, notes))).toEqual(notes)
  })

  it('writes times as Prisma does', async () => {
    await write(aNote(1))
    await engine.run((client) => client.$executeRaw`INSERT INTO note (id, at) VALUES (2, ${NOW})`)

    const [one, other] = await queryRows(options, 'SELECT at FROM note ORDER BY id')
    expect(one).toEqual(other)
  })

  it('does nothing for no rows', async () => {
    const found = await engine.pipeline((pipeline) => {
      pipeline.send(INSERT, [])
      return pipeline.query(SELECT, [])
    })
    expect(found).toEqual([])
  })

  it('leaves out rows whose key is there, when told to, and fails otherwise', async () => {
    await write(aNote(1, 'first'))
    await engine.pipeline(async (pipeline) =>
      pipeline.send(INSERT_NEW, [aNote(1, 'second'), aNote(2)]),
    )
    await expect(write(aNote(1))).rejects.toThrow()

    const [first] = await engine.pipeline((pipeline) => pipeline.query(SELECT, [{ id: 1 }]))
    expect(first?.text).toBe('first')
    expect(await stored()).toEqual([1, 2])
  })

  it('undoes everything when a statement fails, also what was sent after it', async () => {
    const failing = engine.pipeline(async (pipeline) => {
      pipeline.send(INSERT, [aNote(1)])
      pipeline.send(BROKEN, [{}])
      pipeline.send(INSERT, [aNote(2)])
    })

    await expect(failing).rejects.toThrow()
    await expect(failing).rejects.not.toThrow(DatabaseUnavailable)
    expect(await stored()).toEqual([])
  })

  it('undoes everything when the work fails, or a query after a failed statement', async () => {
    const thrown = new Error('changed its mind')
    const failing = engine.pipeline(async (pipeline) => {
      pipeline.send(INSERT, [aNote(1)])
      await pipeline.query(SELECT, [{ id: 1 }])
      throw thrown
    })
    await expect(failing).rejects.toBe(thrown)

    let reached = false
    const stopped = engine.pipeline(async (pipeline) => {
      pipeline.send(INSERT, [aNote(2)])
      pipeline.send(BROKEN, [{}])
      await pipeline.query(SELECT, [{ id: 2 }])
      reached = true
    })
    await expect(stopped).rejects.toThrow()
    expect(reached).toBe(false)
    expect(await stored()).toEqual([])
  })

  it('leaves connections on which Prisma commits as ever', async () => {
    await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        engine.pipeline(async (pipeline) => {
          pipeline.send(INSERT, [aNote(index)])
          if (index % 2 === 0) pipeline.send(BROKEN, [{}])
        }),
      ),
    )
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        engine.run((client) => client.$executeRaw`INSERT INTO note (id) VALUES (${100 + index})`),
      ),
    )

    const odd = Array.from({ length: 10 }, (_, index) => 2 * index + 1)
    const all = [...odd, ...Array.from({ length: 20 }, (_, index) => 100 + index)]
    expect(await stored()).toEqual(all)
  })

  it('says that the database is unavailable while another process writes for too long', async () => {
    if (testEngine.kind !== 'sqlite') return // there a statement waits for a row: see faults.test.ts
    const other = new Sqlite(options.file)
    onTestFinished(() => void other.close())
    other.exec('BEGIN IMMEDIATE')

    await expect(write(aNote(1))).rejects.toThrow(DatabaseUnavailable)
    other.exec('ROLLBACK')
    await write(aNote(2))
    expect(await stored()).toEqual([2])
  }, 20_000)

  it('meets transactions of Prisma without joining one', async () => {
    const rounds = Array.from({ length: 10 }, (_, index) => [
      write(aNote(index)),
      engine
        .transact(async (tx) => {
          await tx.$executeRaw`INSERT INTO note (id) VALUES (${100 + index})`
          throw new Error('undone')
        })
        .catch(() => {}),
    ])
    await Promise.all(rounds.flat())

    expect(await stored()).toEqual(Array.from({ length: 10 }, (_, index) => index))
  })
})
