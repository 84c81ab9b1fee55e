import type { PushLedger, TokenStore } from '@oa/wechat'
import { createRedisPushLedger, createRedisTokenStore } from '@oa/wechat'
import type { SessionCache } from '../../sessions/session-cache.ts'
import type { Counters } from './counter.ts'
import { createEnduringLedger } from './dedupe-with-fallback.ts'
import type { OnChange } from './redis-connect.ts'
import { connectRedis, waitUntilReady } from './redis-connect.ts'
import { createRedisRateCounter } from './redis-counter.ts'
import { createRedisRevocationFeed } from './redis-revocation-feed.ts'
import { createRedisSessionCache } from './redis-session-cache.ts'
import type { RevocationFeed } from './revocation-feed.ts'

const READY_WITHIN_MS = 1_500

export type NodesMeetingPlace = Counters & {
  cache: SessionCache
  feed: RevocationFeed
  pushLedger: PushLedger
  /** Holds the access_token in clear: whoever reads this Redis can call WeChat until it ends. */
  tokenStore: TokenStore
  close(): Promise<void>
}

/** What nodes share through one Redis. Resolves also when it is away: it may come back. */
export const openRedis = async (
  url: string,
  { onChange, fallback }: { onChange: OnChange; fallback: Counters },
): Promise<NodesMeetingPlace> => {
  const redis = connectRedis(url, onChange)
  // A connection that subscribes can do nothing else; the other one tells of outages.
  const subscriber = connectRedis(url, () => {})
  await Promise.all([redis, subscriber].map((one) => waitUntilReady(one, READY_WITHIN_MS)))
  const feed = createRedisRevocationFeed(redis, subscriber)
  const isUp = () => redis.status === 'ready' && feed.isAlive()

  return {
    cache: createRedisSessionCache(redis),
    feed,
    rateCounter: createRedisRateCounter(redis, { isUp, fallback: fallback.rateCounter }),
    shareCounter: createRedisRateCounter(redis, { isUp, fallback: fallback.shareCounter }),
    pushLedger: createEnduringLedger(createRedisPushLedger(redis, { prefix: 'oa:' })),
    tokenStore: createRedisTokenStore(redis, { prefix: 'oa:' }),
    async close() {
      await feed.close()
      redis.disconnect()
    },
  }
}
