import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Redis } from '@oa/test-servers'
import { startMariaDb, startRedis } from '@oa/test-servers'
import type { Child } from './child.ts'
import { readCpuUs, startChild } from './child.ts'
import type { Databases } from './databases.ts'
import { openMariaDatabases, openSqliteDatabases } from './databases.ts'
import type { Server } from './servers.ts'
import { OURS } from './servers.ts'

export const STORES = ['SQLite', 'MariaDB + Redis'] as const
export type Store = (typeof STORES)[number]

export type Running = Child & { server: Server; databaseCpuUs(): number }

export type World = {
  databases: Databases
  weChatUrl: string
  /** Null where the store has none. */
  redis: Redis | null
  /** Starts a server on its own database; it ends with the world at the latest. */
  start(server: Server): Promise<Running>
  close(): Promise<void>
}

const APP = { appid: 'wx0a0a0a0a0a0a0a0a', secret: '0a'.repeat(16) }
const SIMULATOR = 'packages/bench/src/servers/simulator-server.ts'

/**
 * A WeChat and a database for each server, the tables of the API included; no server runs yet.
 * `weChat` is the file of another WeChat than the simulator, `mariaDbArgs` are added to its command line.
 */
export const openWorld = async (
  store: Store,
  { weChat = SIMULATOR, mariaDbArgs = [] }: { weChat?: string; mariaDbArgs?: string[] } = {},
): Promise<World> => {
  const folder = await mkdtemp(join(tmpdir(), 'oa-bench-'))
  const removeNow = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', removeNow)
  const closers = [
    async () => {
      await rm(folder, { recursive: true, force: true })
      process.off('exit', removeNow)
    },
  ]
  const keep = <T extends { stop(): Promise<void> }>(server: T) => {
    closers.unshift(() => server.stop())
    return server
  }
  const close = async () => {
    for (const closer of closers) await closer()
  }

  try {
    const storage =
      store === 'SQLite'
        ? { databases: openSqliteDatabases(folder), redis: null, pids: [] }
        : await startStorage(keep, mariaDbArgs)
    const { databases, redis, pids } = storage
    const redisUrl = redis === null ? {} : { REDIS_URL: redis.url }
    const simulator = keep(
      await startChild(weChat, { BENCH_APPID: APP.appid, BENCH_SECRET: APP.secret }),
    )
    const common = { WX_APPID: APP.appid, WX_SECRET: APP.secret, WX_API_BASE: simulator.url }
    const oursEnv = { ...common, ...createOursEnv(), ...redisUrl, ...databases.ours }
    const databaseCpuUs = () => pids.reduce((sum, pid) => sum + readCpuUs(pid), 0)
    const start = async (server: Server): Promise<Running> => {
      const env =
        server.database === 'ours'
          ? oursEnv
          : { ...common, ...(await databases.envOf(server.name, server.database)) }
      const child = keep(await startChild(server.file, { ...env, ...server.env }))
      return Object.assign(child, { server, databaseCpuUs })
    }
    // It creates its tables, which others copy.
    await (await start(OURS)).stop()
    return { databases, weChatUrl: simulator.url, redis, start, close }
  } catch (error) {
    await close()
    throw error
  }
}

const startStorage = async (
  keep: <T extends { stop(): Promise<void> }>(server: T) => T,
  args: string[],
) => {
  // As in production, where a commit waits for the disk.
  const durable = '--innodb-flush-log-at-trx-commit=1'
  const database = keep(await startMariaDb({ args: [durable, ...args] }))
  const redis = keep(await startRedis())
  return {
    databases: await openMariaDatabases(() => database.createDatabase()),
    redis,
    pids: [database.pid, redis.pid],
  }
}

/** A log line per request would be measured too, and rate limits would be reached. */
const createOursEnv = () => ({
  NODE_ENV: 'test',
  LOG_LEVEL: 'error',
  LOGIN_LIMIT_PER_IP: '100000000',
  LOGIN_LIMIT_PER_USER: '100000000',
  LOGIN_LIMIT_TOTAL: '100000000',
  JWT_KEYS: `bench:${randomBytes(32).toString('base64')}`,
  SESSION_KEYS: `bench:${randomBytes(32).toString('base64')}`,
})
