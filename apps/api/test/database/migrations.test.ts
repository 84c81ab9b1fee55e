import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { openStores } from '../../src/core.ts'
import { migrateDatabase } from '../../src/infra/database/migrations/migrate-database.ts'
import type { MigrationFile } from '../../src/infra/database/migrations/migration-files.ts'
import { readMigrations } from '../../src/infra/database/migrations/migration-files.ts'
import { migrateMysql } from '../../src/infra/database/migrations/mysql.ts'
import { MigrationRefused } from '../../src/infra/database/migrations/plan.ts'
import { migrateSqlite } from '../../src/infra/database/migrations/sqlite.ts'
import type { DatabaseOptions } from '../../src/infra/database/open-database.ts'
import { describeOnEachEngine } from './engines.ts'
import { queryRows } from './query.ts'

const migration = (name: string, sql: string): MigrationFile => ({
  name,
  sql,
  checksum: createHash('sha256').update(sql).digest('hex'),
})

const FIRST = migration('1_first', 'CREATE TABLE one (id INTEGER PRIMARY KEY);')
const SECOND = migration(
  '2_second',
  `CREATE TABLE two (id INTEGER PRIMARY KEY, note VARCHAR(9)); -- a; b
   INSERT INTO two VALUES (1, 'a;b');
   CREATE TABLE three (id INTEGER PRIMARY KEY)`,
)
const BROKEN = migration('2_second', SECOND.sql.replace('INSERT INTO two', 'INSERT INTO four'))

const migrate = (
  { url, file }: DatabaseOptions,
  migrations: MigrationFile[],
  retryFailed = false,
) =>
  url === undefined
    ? migrateSqlite(file ?? '', migrations)
    : migrateMysql({ url, migrations, retryFailed })

describeOnEachEngine('Migrating', (engine) => {
  it('records each migration once, in the format of Prisma, in concurrent and repeated runs', async () => {
    const options = await engine.create()
    const files = await readMigrations(engine.kind)
    const names = files.map(({ name }) => name)

    const runs = await Promise.all([1, 2, 3].map(() => migrateDatabase(options)))
    expect(runs.flat()).toEqual(names)
    expect(await migrateDatabase(options)).toEqual([])

    const records = await queryRows(
      options,
      'SELECT * FROM _prisma_migrations ORDER BY migration_name',
    )
    expect(records).toHaveLength(files.length)
    for (const [index, { name, checksum }] of files.entries()) {
      expect(records[index]).toMatchObject({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        migration_name: name,
        checksum,
        logs: null,
        rolled_back_at: null,
        applied_steps_count: 1,
      })
      expect(records[index]?.finished_at).not.toBeNull()
    }
  }, 30_000)

  it('is required before a database opens: the error names what is missing', async () => {
    const options = await engine.create()
    const names = (await readMigrations(engine.kind)).map(({ name }) => name).join(', ')

    await expect(openStores(options)).rejects.toThrow(`lacks ${names}: migrate it first`)
    await migrateDatabase(options)
    await (await openStores(options)).close()
  }, 30_000)

  it('applies new migrations, in order', async () => {
    const options = await engine.create()

    expect(await migrate(options, [FIRST])).toEqual(['1_first'])
    expect(await migrate(options, [FIRST, SECOND])).toEqual(['2_second'])
    expect(await queryRows(options, 'SELECT note FROM two')).toEqual([{ note: 'a;b' }])
  }, 30_000)

  it('is refused when an applied migration has changed or is unknown', async () => {
    const options = await engine.create()
    await migrate(options, [FIRST])
    const changed = migration('1_first', `${FIRST.sql} -- changed`)

    await expect(migrate(options, [changed, SECOND])).rejects.toThrow(MigrationRefused)
    await expect(migrate(options, [changed])).rejects.toThrow('1_first was changed')
    await expect(migrate(options, [SECOND])).rejects.toThrow('1_first, which this version')
    await expect(queryRows(options, 'SELECT * FROM two')).rejects.toThrow()
  }, 30_000)

  it('stops at a migration that fails, and completes it once the cause is gone', async () => {
    const options = await engine.create()
    await expect(migrate(options, [FIRST, BROKEN])).rejects.toThrow(/2_second failed.*four/s)

    if (engine.kind === 'sqlite') {
      await expect(queryRows(options, 'SELECT * FROM one')).rejects.toThrow()
      expect(await migrate(options, [FIRST, SECOND])).toEqual(['1_first', '2_second'])
      return
    }
    expect(await queryRows(options, 'SELECT * FROM one')).toEqual([])
    await expect(migrate(options, [FIRST, BROKEN])).rejects.toThrow(
      /failed at statement 2 of 3: .*four.*The first 1 of its statements is in effect/s,
    )
    await queryRows(options, 'CREATE TABLE four LIKE two')
    expect(await migrate(options, [FIRST, BROKEN], true)).toEqual(['2_second'])
    expect(await queryRows(options, 'SELECT note FROM four')).toEqual([{ note: 'a;b' }])
    expect(await migrate(options, [FIRST, BROKEN])).toEqual([])
  }, 30_000)

  // On SQLite a run is one transaction.
  if (engine.kind === 'mysql') {
    it('continues a migration whose process died', async () => {
      const options = await engine.create()
      await migrate(options, [FIRST])
      // The first statement is in effect, but its process died before it recorded that.
      await queryRows(options, 'CREATE TABLE two (id INTEGER PRIMARY KEY, note VARCHAR(9))')
      await queryRows(
        options,
        `INSERT INTO _prisma_migrations (id, checksum, migration_name, logs)
         VALUES ('dead', '${SECOND.checksum}', '2_second', 'statements applied: 0')`,
      )

      expect(await migrate(options, [FIRST, SECOND])).toEqual(['2_second'])
      expect(await queryRows(options, 'SELECT note FROM two')).toEqual([{ note: 'a;b' }])
      expect(await queryRows(options, 'SELECT * FROM three')).toEqual([])
      expect(
        await queryRows(
          options,
          `SELECT id, logs, applied_steps_count FROM _prisma_migrations
           WHERE migration_name = '2_second' AND finished_at IS NOT NULL`,
        ),
      ).toEqual([{ id: 'dead', logs: null, applied_steps_count: 1 }])
    }, 30_000)
  }

  it('refuses a migration that another tool left unfinished, and says how to repair it', async () => {
    const options = await engine.create()
    await migrate(options, [FIRST])
    await queryRows(
      options,
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, logs)
       VALUES ('other', '${SECOND.checksum}', '2_second', 'Database error code: 1064')`,
    )

    await expect(migrate(options, [FIRST, SECOND])).rejects.toThrow('migrate resolve --rolled-back')
    await queryRows(
      options,
      `UPDATE _prisma_migrations SET rolled_back_at = started_at WHERE id = 'other'`,
    )
    expect(await migrate(options, [FIRST, SECOND])).toEqual(['2_second'])
  }, 30_000)
})
