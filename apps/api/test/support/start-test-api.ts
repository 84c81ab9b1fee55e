import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { LoginByWeixinRequest } from '@oa/contracts'
import { quickTmpdir } from '@oa/test-servers/quick-tmpdir'
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
  /** Merged over a complete, working environment. */
  env?: NodeJS.ProcessEnv
  /** Messages that the test expects at level error; any other one makes `close` reject. */
  expectErrors?: readonly RegExp[]
  /** A simulator that several APIs share; by default, each API has one of its own. */
  simulator?: Simulator
  /** False when the database is migrated already, as in production. */
  migrate?: boolean
}

export type TestApi = Awaited<ReturnType<typeof startTestApi>>

/**
 * An API on a free port with a database file and a WeChat simulator of its own; `logs` keeps every log
 * line. `close` ends all of it, and rejects when a line at level error was not expected.
 */
export const startTestApi = async ({ env = {}, expectErrors = [], ...shared }: Options = {}) => {
  const simulator = shared.simulator ?? (await startTestSimulator())
  const folder = await mkdtemp(join(quickTmpdir(), 'oa-api-'))
  const complete = { ...testEnv(simulator, folder), ...env }
  const config = loadConfig(complete)
  const logs = createLogBook()
  const log = createLogger({ level: config.logLevel, readable: false, destination: logs })
  if (shared.migrate ?? true) await migrateDatabase(config.database)
  const { app, health, ...features } = await createServer(config, log)
  const client = createClient(await app.listen({ host: '127.0.0.1', port: 0 }))
  const codeOf = (person: string) => codeFrom(simulator, person)

  return {
    ...client,
    app,
    ...features,
    config,
    /** The environment of the API, for a command that is to work beside it. */
    env: complete,
    folder,
    health,
    logs,
    simulator,
    /** A new code of wx.login for that person. */
    codeOf,
    /** Signs a person in with a new code; rejects when that fails. */
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
  startSimulator({ apps: [TEST_APP], acceptNamedCodes: true, ...options })

/** A complete environment that works, so that a test sets only what it is about. */
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

/** The openid that the simulator has given a person who has signed in. */
export const openidOf = async ({ simulator }: Pick<TestApi, 'simulator'>, person: string) => {
  const people = await simulator.control.people()
  const openid = people.find(({ name }) => name === person)?.apps[TEST_APP.appid]?.openid
  if (openid === undefined) throw new Error(`WeChat knows no ${person}`)
  return openid
}
