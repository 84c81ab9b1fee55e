import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { quickTmpdir } from '@oa/test-servers/quick-tmpdir'
import { describeWithServers } from '@oa/test-servers/vitest'
import { createConnection } from 'mariadb'
import { afterAll, describe } from 'vitest'
import type { DatabaseOptions } from '../../src/infra/database/open-database.ts'
import { sharedMariaDb } from './shared-mariadb.ts'

export type TestEngine = {
  kind: 'sqlite' | 'mysql'
  /** Creates an empty database. */
  create(): Promise<DatabaseOptions>
}

/**
 * Runs the suite on SQLite, on MariaDB where it is installed (in a time zone other than UTC), and on the
 * server in TEST_MYSQL_URL where that is set.
 */
export const describeOnEachEngine = (name: string, suite: (engine: TestEngine) => void) => {
  describe(`${name} on SQLite`, () => suite(sqliteEngine()))
  describeWithServers(['mariadb'], `${name} on MariaDB`, () => suite(mariaDbEngine()))

  const url = process.env.TEST_MYSQL_URL
  if (url !== undefined) describe(`${name} on TEST_MYSQL_URL`, () => suite(remoteEngine(url)))
}

const sqliteEngine = (): TestEngine => {
  const folder = mkdtempSync(join(quickTmpdir(), 'oa-database-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  return {
    kind: 'sqlite',
    create: async () => ({ file: join(folder, randomBytes(6).toString('hex'), 'oa.sqlite') }),
  }
}

const mariaDbEngine = (): TestEngine => ({
  kind: 'mysql',
  create: async () => ({ url: await (await sharedMariaDb()).createDatabase() }),
})

const remoteEngine = (server: string): TestEngine => {
  const made: string[] = []
  const execute = async (statement: string) => {
    const { hostname, port, username, password } = new URL(server)
    const connection = await createConnection({
      host: hostname,
      port: Number(port),
      user: username,
      password,
      allowPublicKeyRetrieval: true,
    })
    await connection.query(statement).finally(() => connection.end())
  }
  afterAll(async () => {
    for (const name of made) await execute(`DROP DATABASE ${name}`)
  })

  return {
    kind: 'mysql',
    async create() {
      const name = `oa_test_${randomBytes(6).toString('hex')}`
      await execute(`CREATE DATABASE ${name}`)
      made.push(name)
      return { url: new URL(`/${name}`, server).href }
    },
  }
}
