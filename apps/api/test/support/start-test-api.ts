import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LoginByWeixinRequest } from '@oa/contracts'
import type { Simulator, SimulatorOptions } from '@oa/wechat-simulator'
import { startSimulator } from '@oa/wechat-simulator'
import { loadConfig } from '../../src/config/load-config.ts'
import { migrateDatabase } from '../../src/infra/database/migrations/migrate-database.ts'
import { createLogger } from '../../src/infra/logging/logger.ts'
import { createServer } from '../../src/server.ts'
import { createClient } from './client.ts'
import { createLogBook } from './log-book.ts'

export const TEST_APP = { appid: 'wx1b2c3d4e5f607182', secret: '9f8e7d6c5b4a39281706f5e4d3c2b1a0' }

type Options = {
  /** Added to a complete, working environment. */
  env?: NodeJS.ProcessEnv
  /** What is logged at error level on purpose; anything else at that level fails `close`. */
  expectErrors?: readonly RegExp[]
  /** A simulator that several APIs share; else each has one of its own. */
  simulator?: Simulator
  /** False where an operator has migrated the database, as in production. */
  migrate?: boolean
}

export type TestApi = Awaited<ReturnType<typeof startTestApi>>

/**
 * An API on a free port with a database file and a WeChat of its own, logging everything into
 * `logs`. `close` ends all of it, and fails on error lines that were not expected.
 */
export const startTestApi = async ({ env = {}, expectErrors = [], ...shared }: Options = {}) => {
  const simulator = shared.simulator ?? (await startTestSimulator())
  const folder = await mkdtemp(join(tmpdir(), 'oa-api-'))
  const config = loadConfig({ ...testEnv(simulator, folder), ...env })
  const logs = createLogBook()
  const log = createLogger({ level: config.logLevel, readable: false, destination: logs })
  if (shared.migrate ?? true) await migrateDatabase(config.database)
  const { app, accounts, health } = await createServer(config, log)
  const client = createClient(await app.listen({ host: '127.0.0.1', port: 0 }))
  const codeOf = (person: string) => codeFrom(simulator, person)

  return {
    ...client,
    app,
    accounts,
    config,
    folder,
    health,
    logs,
    simulator,
    /** What wx.login gives that person. */
    codeOf,
    /** Signs a person in with a code of his own; rejects unless that succeeds. */
    async signIn(person: string, rest: Omit<LoginByWeixinRequest, 'code'> = {}) {
      const answer = await client.login({ code: await codeOf(person), ...rest })
      if (answer.errno !== 0) throw new Error(`${person} could not sign in: ${answer.text}`)
      return answer.data
    },
    async close() {
      await app.close()
      if (shared.simulator === undefined) await simulator.close()
      await rm(folder, { recursive: true, force: true })
      const [unexpected] = logs.unexpectedErrors(expectErrors)
      if (unexpected) throw new Error(`unexpected error line: ${JSON.stringify(unexpected)}`)
    },
  }
}

export const startTestSimulator = (options: SimulatorOptions = {}) =>
  startSimulator({ apps: [TEST_APP], ...options })

/** A whole environment that works: what a test sets on top is what it is about. */
export const testEnv = (simulator: Pick<Simulator, 'url'>, folder: string): NodeJS.ProcessEnv => ({
  NODE_ENV: 'test',
  PORT: '0',
  LOG_LEVEL: 'trace',
  DATA_DIR: folder,
  WX_APPID: TEST_APP.appid,
  WX_SECRET: TEST_APP.secret,
  WX_API_BASE: simulator.url,
  JWT_KEYS: drawKeys('jwt-1'),
  SESSION_KEYS: drawKeys('seal-1'),
})

export const drawKeys = (...kids: string[]) =>
  kids.map((kid) => `${kid}:${randomBytes(32).toString('base64')}`).join(',')

export const codeFrom = async ({ control }: Simulator, person: string) => {
  await control.createPerson({ name: person })
  const { code } = await control.login({ appid: TEST_APP.appid, person })
  return code
}

/** The openid of a person who has signed in before, as WeChat knows it. */
export const openidOf = async ({ simulator }: Pick<TestApi, 'simulator'>, person: string) => {
  const people = await simulator.control.people()
  const openid = people.find(({ name }) => name === person)?.apps[TEST_APP.appid]?.openid
  if (openid === undefined) throw new Error(`WeChat knows no ${person}`)
  return openid
}
