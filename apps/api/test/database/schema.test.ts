import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { migrateDatabase } from '../../src/infra/database/migrations/migrate-database.ts'
import { connectMysql } from '../../src/infra/database/mysql-connect.ts'
import type { TestEngine } from './engines.ts'
import { describeOnEachEngine } from './engines.ts'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const SCHEMA = new URL('../../../../prisma/mysql/schema.prisma', import.meta.url)

const run = promisify(execFile)

/** Every `table.column` of the models, with a question mark where null is allowed. */
const columnsOfSchema = () => {
  const models = [...readFileSync(SCHEMA, 'utf8').matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)]
  const names = new Set(models.map(([, name]) => name))

  return models
    .flatMap(([, , body = '']) => {
      const table = /@@map\("(\w+)"\)/.exec(body)?.[1]
      return [...body.matchAll(/^ {2}(\w+) +(\w+)(\??)(?: (.*))?$/gm)]
        .filter(([, , type]) => !names.has(type))
        .map(([, field, , optional, attributes = '']) => {
          const column = /(?<!@)@map\("(\w+)"\)/.exec(attributes)?.[1] ?? field
          return `${table}.${column}${optional}`
        })
    })
    .sort()
}

/** Every index that the models name. */
const indexesOfSchema = () =>
  [...readFileSync(SCHEMA, 'utf8').matchAll(/@(?:@index|@?unique)\(.*?map: "(\w+)"/g)]
    .map(([, name]) => name)
    .sort()

const inspect = async (engine: TestEngine) => {
  const options = await engine.create()
  await migrateDatabase(options)
  return options.url === undefined ? inspectSqlite(options.file ?? '') : inspectMysql(options.url)
}

const inspectSqlite = (file: string) => {
  const database = new Sqlite(file, { readonly: true })
  const columns = database
    .prepare(
      `SELECT t.name || '.' || c.name || iif(c."notnull", '', '?') AS name
       FROM sqlite_master t JOIN pragma_table_info(t.name) c
       WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND t.name <> '_prisma_migrations'`,
    )
    .pluck()
    .all() as string[]
  const indexes = database
    .prepare(`SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL`)
    .pluck()
    .all() as string[]
  database.close()
  return { columns: columns.sort(), indexes: indexes.sort() }
}

const inspectMysql = async (url: string) => {
  const connection = await connectMysql(url)
  const columns: { name: string }[] = await connection.query(
    `SELECT CONCAT(table_name, '.', column_name, IF(is_nullable = 'YES', '?', '')) AS name
     FROM information_schema.columns
     WHERE table_schema = DATABASE() AND table_name <> '_prisma_migrations'`,
  )
  const indexes: { name: string }[] = await connection.query(
    `SELECT DISTINCT index_name AS name FROM information_schema.statistics
     WHERE table_schema = DATABASE() AND index_name <> 'PRIMARY'`,
  )
  await connection.end()
  return {
    columns: columns.map(({ name }) => name).sort(),
    indexes: indexes.map(({ name }) => name).sort(),
  }
}

it('prisma/sqlite/schema.prisma is what prisma/derive-sqlite-schema.ts derives', async () => {
  await run(process.execPath, ['--import', 'tsx', 'prisma/derive-sqlite-schema.ts', '--check'], {
    cwd: ROOT,
  })
})

it('`prisma migrate deploy` fails with a message when it cannot download its engine', async () => {
  const config = '../../prisma/sqlite/prisma.config.ts'
  // Prisma leaves a folder there.
  const temporary = await mkdtemp(join(tmpdir(), 'oa-schema-'))
  onTestFinished(() => rm(temporary, { recursive: true }))
  const deployed = run('node_modules/.bin/prisma', ['migrate', 'deploy', '--config', config], {
    cwd: `${ROOT}apps/api`,
    env: { ...process.env, PRISMA_ENGINES_MIRROR: 'http://127.0.0.1:1', TMPDIR: temporary },
  })

  await expect(deployed).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('schema-engine'),
  })
}, 60_000)

describeOnEachEngine('The migrations', (engine) => {
  it('create exactly the columns and indexes of the models', async () => {
    const { columns, indexes } = await inspect(engine)

    expect(columns).toEqual(columnsOfSchema())
    expect(columns.length).toBeGreaterThan(40)
    expect(indexes).toEqual(indexesOfSchema())
  }, 30_000)
})
