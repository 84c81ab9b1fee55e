import type { MariaDb, Redis } from '@oa/test-servers'
import { startRedis } from '@oa/test-servers'
import type { Simulator } from '@oa/wechat-simulator'
import { sharedMariaDb } from '../database/shared-mariadb.ts'
import type { TestApi } from './start-test-api.ts'
import { drawKeys, startTestApi, startTestSimulator } from './start-test-api.ts'

export type TwoServers = {
  one: TestApi
  two: TestApi
  redis: Redis
  simulator: Simulator
  close(): Promise<void>
}

/**
 * Two servers in this process, on one MariaDB (`own`, or the shared one) and one Redis;
 * `startTwoProcesses` starts real ones.
 */
export const startTwoServers = async (
  env: NodeJS.ProcessEnv = {},
  own?: MariaDb,
): Promise<TwoServers> => {
  const [mariadb, redis, simulator] = await Promise.all([
    own ?? sharedMariaDb(),
    startRedis(),
    startTestSimulator(),
  ])
  const shared = {
    DATABASE_URL: await mariadb.createDatabase(),
    REDIS_URL: redis.url,
    JWT_KEYS: drawKeys('shared'),
    SESSION_KEYS: drawKeys('shared'),
    ...env,
  }
  const one = await startTestApi({ env: shared, simulator })
  const two = await startTestApi({ env: shared, simulator })
  return {
    one,
    two,
    redis,
    simulator,
    async close() {
      await Promise.all([one.close(), two.close()])
      await Promise.all([redis.stop(), simulator.close()])
    },
  }
}
