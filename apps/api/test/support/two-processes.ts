import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startRedis } from '@oa/test-servers'
import { startTcpProxy } from '@oa/test-servers/tcp-proxy'
import { migrateDatabase } from '../../src/infra/database/migrations/migrate-database.ts'
import { sharedMariaDb } from '../database/shared-mariadb.ts'
import type { ApiProcess } from './start-api-process.ts'
import { startApiProcess } from './start-api-process.ts'
import { codeFrom, startTestSimulator, testEnv } from './start-test-api.ts'

/** A query of MySQL's protocol; the bare word is in READ COMMITTED too, which every new connection sets. */
export const COMMIT = '\u0003COMMIT'
/** What a transaction that ends sessions sends before, by Prisma or in the one query of a sign-in. */
export const ENDING = 'UPDATE `wx_session` SET'
export const REPLACING = 'UPDATE wx_session SET'
/** What the Redis of two processes saves into. */
export const REDIS_FILE = 'saved'

export type TwoProcesses = Awaited<ReturnType<typeof startTwoProcesses>>

/**
 * Two API processes on one MariaDB and one Redis. The first reaches both through proxies, so that it
 * alone can lose an answer or be cut off.
 */
export const startTwoProcesses = async (
  env: NodeJS.ProcessEnv = {},
  own: { one?: NodeJS.ProcessEnv; two?: NodeJS.ProcessEnv } = {},
) => {
  const folder = await mkdtemp(join(tmpdir(), 'oa-two-'))
  const [mariadb, redis, simulator] = await Promise.all([
    sharedMariaDb(),
    // Its file of that name cannot be written once a folder has it.
    startRedis({ args: ['--dbfilename', REDIS_FILE] }),
    startTestSimulator(),
  ])
  const database = new URL(await mariadb.createDatabase())
  const databaseLine = await startTcpProxy(mariadb.port, [ENDING, REPLACING])
  const redisLine = await startTcpProxy(redis.port)
  const shared = {
    ...testEnv(simulator, folder),
    LOG_LEVEL: 'info',
    DATABASE_URL: database.href,
    REDIS_URL: redis.url,
    ...env,
  }
  const throughLine = new URL(database)
  throughLine.port = String(databaseLine.port)
  const first = {
    ...shared,
    DATABASE_URL: throughLine.href,
    REDIS_URL: `redis://127.0.0.1:${redisLine.port}`,
  }
  await migrateDatabase({ url: database.href })
  const [one, two] = await Promise.all([
    startApiProcess({ ...first, ...own.one }),
    startApiProcess({ ...shared, ...own.two }),
  ])
  const nodes: readonly ApiProcess[] = [one, two]

  const signIn = async (node: ApiProcess, person: string, deviceId?: string) => {
    const code = await codeFrom(simulator, person)
    const answer = await node.login(deviceId === undefined ? { code } : { code, deviceId })
    if (answer.errno !== 0) throw new Error(`${person} could not sign in: ${answer.text}`)
    return answer.data.token
  }

  return {
    one,
    two,
    redis,
    simulator,
    database: database.href,
    databaseLine,
    redisLine,
    env: { first, shared },
    signIn,
    /** Tokens of that many devices, each of which both nodes have just served. */
    async signInOnBoth(person: string, devices = 1) {
      const tokens: string[] = []
      for (let device = 0; device < devices; device += 1) {
        tokens.push(
          await signIn(one, person, `device-${device}-of-${person.replaceAll(/\W/g, '-')}`),
        )
      }
      for (const token of tokens) {
        for (const node of nodes) {
          const answer = await node.info(token)
          if (answer.errno !== 0) throw new Error(`not served: ${answer.text}`)
        }
      }
      return tokens
    },
    async close() {
      for (const node of nodes) node.kill('SIGKILL')
      await Promise.all(nodes.map(({ finished }) => finished))
      await Promise.all([databaseLine.close(), redisLine.close()])
      await Promise.all([redis.stop(), simulator.close()])
      await rm(folder, { recursive: true, force: true })
    },
  }
}
