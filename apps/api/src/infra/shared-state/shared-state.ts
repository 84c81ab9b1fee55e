import type { DedupeStore, TokenStore } from '@oa/wechat'
import {
  createMemoryDedupeStore,
  createMemoryTokenStore,
  createRedisDedupeStore,
  createRedisTokenStore,
} from '@oa/wechat'
import type { Meter } from '../metrics/meter.ts'
import { silentMeter } from '../metrics/meter.ts'
import type { SharedCache } from './cache.ts'
import type { Counters } from './counter.ts'
import { withFallback } from './dedupe-with-fallback.ts'
import type { ExpiringStore } from './expiring-store.ts'
import { createExpiringStore } from './expiring-store.ts'
import { createMemoryCounters } from './memory-counter.ts'
import { createLocalRevocationFeed } from './memory-revocation-feed.ts'
import { createRedisCache } from './redis-cache.ts'
import type { OnChange } from './redis-connect.ts'
import { connectRedis, waitUntilReady } from './redis-connect.ts'
import { createRedisCounter } from './redis-counter.ts'
import { createRedisRevocationFeed } from './redis-revocation-feed.ts'
import type { RevocationFeed } from './revocation-feed.ts'

const READY_WITHIN_MS = 1_500

/** What the nodes of one installation share: through Redis, or within a single process. */
export type SharedState = Counters & {
  /** Null without Redis: a cache beside the leases of one process saves nothing. */
  cache: SharedCache | null
  feed: RevocationFeed
  dedupeStore: DedupeStore
  expiringStore: ExpiringStore
  /** Holds the access_token in clear: a reader of this Redis can call WeChat until it ends. */
  tokenStore: TokenStore
  close(): Promise<void>
}

type Options = {
  redisUrl: string | null
  onChange: OnChange
  /** False for a command, which only announces and ends. */
  heartbeat?: boolean
  meter?: Meter
}

/** Opens the state in Redis when there is a URL, else in this process. */
export const openSharedState = async ({
  redisUrl,
  onChange,
  heartbeat = true,
  meter = silentMeter,
}: Options): Promise<SharedState> =>
  redisUrl === null ? openLocalState() : openRedisState(redisUrl, onChange, { heartbeat, meter })

const openLocalState = (): SharedState => {
  const feed = createLocalRevocationFeed()
  return {
    ...createMemoryCounters(),
    cache: null,
    feed,
    dedupeStore: createMemoryDedupeStore(),
    expiringStore: createExpiringStore(null),
    tokenStore: createMemoryTokenStore(),
    close: () => feed.close(),
  }
}

/** Resolves also when Redis is away: it may come back. */
const openRedisState = async (
  url: string,
  onChange: OnChange,
  { heartbeat, meter }: { heartbeat: boolean; meter: Meter },
): Promise<SharedState> => {
  const redis = connectRedis(url, (up, error) => {
    if (!up) meter.redisLost()
    onChange(up, error)
  })
  // A connection that subscribes can do nothing else; the other one tells of outages.
  const subscriber = connectRedis(url, () => {})
  await Promise.all([redis, subscriber].map((one) => waitUntilReady(one, READY_WITHIN_MS)))
  const onStale = () => {
    for (const one of [redis, subscriber]) {
      if (one.status !== 'ready' && one.status !== 'connect') continue
      one.emit('error', new Error('Redis does not answer: connecting anew'))
      one.disconnect(true)
    }
  }
  const feed = createRedisRevocationFeed(redis, subscriber, { heartbeat, onStale, meter })
  const fallback = createMemoryCounters()
  const isUp = () => redis.status === 'ready' && feed.isConnected()

  return {
    cache: createRedisCache(redis),
    feed,
    rateCounter: createRedisCounter(redis, { isUp, fallback: fallback.rateCounter }),
    quotaCounter: createRedisCounter(redis, { isUp, fallback: fallback.quotaCounter }),
    dedupeStore: withFallback(createRedisDedupeStore(redis, { prefix: 'oa:' })),
    expiringStore: createExpiringStore(redis),
    tokenStore: createRedisTokenStore(redis, { prefix: 'oa:' }),
    async close() {
      await feed.close()
      redis.disconnect()
    },
  }
}
