import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMariaDb, startRedis } from '@oa/test-servers'
import type { Child } from './child.ts'
import { startChild } from './child.ts'

export const STORES = ['SQLite', 'MariaDB + Redis'] as const
export type Store = (typeof STORES)[number]

export type World = {
  bare: Child
  usual: Child
  ours: Child
  weChatUrl: string
  close(): Promise<void>
}

const APP = { appid: 'wx0a0a0a0a0a0a0a0a', secret: '0a'.repeat(16) }

/** Every server of a comparison, each in a separate process, on one database. */
export const openWorld = async (store: Store): Promise<World> => {
  const folder = await mkdtemp(join(tmpdir(), 'oa-bench-'))
  const closers: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })]
  const keep = <T extends { stop(): Promise<void> }>(server: T) => {
    closers.unshift(() => server.stop())
    return server
  }
  const start = async (file: string, env: NodeJS.ProcessEnv = {}) =>
    keep(await startChild(file, env))
  const close = async () => {
    for (const closer of closers) await closer()
  }

  try {
    const storage = store === 'SQLite' ? { DATA_DIR: folder } : await startStorage(keep)
    const simulator = await start('packages/bench/src/servers/simulator-server.ts', {
      BENCH_APPID: APP.appid,
      BENCH_SECRET: APP.secret,
    })
    const env = { WX_APPID: APP.appid, WX_SECRET: APP.secret, WX_API_BASE: simulator.url }
    const ours = await start('apps/api/src/main.ts', { ...env, ...storage, ...oursEnv() })
    // After ours, which creates the tables.
    const usual = await start('packages/bench/src/servers/usual-server.ts', {
      ...env,
      ...storage,
      DATABASE_FILE: join(folder, 'oa.db'),
    })
    const bare = await start('packages/bench/src/servers/bare-server.ts')
    return { ours, usual, bare, weChatUrl: simulator.url, close }
  } catch (error) {
    await close()
    throw error
  }
}

const startStorage = async (
  keep: <T extends { stop(): Promise<void> }>(server: T) => T,
): Promise<NodeJS.ProcessEnv> => {
  const database = keep(await startMariaDb())
  const redis = keep(await startRedis())
  return { DATABASE_URL: await database.createDatabase(), REDIS_URL: redis.url }
}

/** A log line per request would be measured too, and rate limits would be reached. */
const oursEnv = () => ({
  NODE_ENV: 'test',
  LOG_LEVEL: 'error',
  LOGIN_LIMIT_PER_IP: '100000000',
  LOGIN_LIMIT_PER_USER: '100000000',
  LOGIN_LIMIT_TOTAL: '100000000',
  JWT_KEYS: `bench:${randomBytes(32).toString('base64')}`,
  SESSION_KEYS: `bench:${randomBytes(32).toString('base64')}`,
})
