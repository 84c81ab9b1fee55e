import type { Redis } from '@oa/test-servers'
import { startRedis } from '@oa/test-servers'
import { describeWithServers } from '@oa/test-servers/vitest'
import { Redis as RedisClient } from 'ioredis'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createLocalRevocationFeed } from '../src/infra/shared-state/memory-revocation-feed.ts'
import type { RevocationFeed } from '../src/infra/shared-state/revocation-feed.ts'
import type { SharedState } from '../src/infra/shared-state/shared-state.ts'
import { openSharedState } from '../src/infra/shared-state/shared-state.ts'
import type { SessionWithUser } from '../src/sessions/session.ts'
import { createSessionCache } from '../src/sessions/session-cache.ts'
import { UserStatus } from '../src/users/user.ts'
import { eventually } from './support/eventually.ts'

const listenTo = (feed: RevocationFeed) => {
  const heard = { ids: [] as string[], lapses: 0 }
  feed.subscribe({
    onRevoke: ({ keys }) => void heard.ids.push(...keys),
    onLapse: () => {
      heard.lapses += 1
    },
  })
  return heard
}

/** The promises of every revocation feed, whatever transports it. */
const feedSuite = (open: () => RevocationFeed) => {
  it('delivers to every listener, including those of the publisher', async () => {
    const feed = open()
    const heard = [listenTo(feed), listenTo(feed)]
    await eventually(() => feed.isAlive()).toBe(true)
    await feed.publish({ keys: ['a', 'b'], settled: true })

    for (const { ids } of heard) await eventually(() => ids).toEqual(['a', 'b'])
  })
}

describe('the revocation feed of a single process', () => {
  feedSuite(createLocalRevocationFeed)
})

describeWithServers(['redis'], 'the shared state in Redis', () => {
  let redis: Redis
  let states: SharedState[]
  let watcher: RedisClient
  const open = async () => {
    const state = await openSharedState({ redisUrl: redis.url, onChange() {} })
    states.push(state)
    return state
  }
  beforeAll(async () => {
    redis = await startRedis()
    watcher = new RedisClient(redis.url)
    states = []
    await open()
  }, 30_000)
  beforeEach(() => watcher.flushall())
  afterAll(async () => {
    await Promise.all(states.map((state) => state.close()))
    watcher.disconnect()
    await redis.stop()
  })
  const first = () => {
    const [state] = states
    if (state === undefined) throw new Error('not open')
    return state
  }

  const sessionCache = () => {
    const { cache } = first()
    if (cache === null) throw new Error('no cache')
    return { ...createSessionCache(cache), forget: cache.forget }
  }

  feedSuite(() => first().feed)

  it('delivers revocations to other nodes', async () => {
    const other = await open()
    const heard = listenTo(other.feed)
    await eventually(() => other.feed.isAlive()).toBe(true)
    await first().feed.publish({ keys: ['x'], settled: true })

    await eventually(() => heard.ids).toEqual(['x'])
  })

  it('reports a dead feed while Redis hangs, and a lapse before the feed is alive again', async () => {
    const { feed } = first()
    await eventually(() => feed.isAlive()).toBe(true)
    const heard = listenTo(feed)
    await redis.kill('SIGSTOP')
    await eventually(() => feed.isAlive()).toBe(false)
    await expect(feed.publish({ keys: ['lost'], settled: true })).rejects.toThrow()
    expect(heard.lapses).toBe(0)
    await redis.kill('SIGCONT')

    await eventually(() => feed.isAlive()).toBe(true)
    expect(heard.lapses).toBeGreaterThan(0)
  })

  it('delivers again after a restart of Redis', async () => {
    const { feed } = first()
    const heard = listenTo(feed)
    await redis.restart()
    await eventually(() => heard.lapses).toBeGreaterThan(0)
    await eventually(() => feed.isAlive()).toBe(true)
    await feed.publish({ keys: ['again'], settled: true })

    await eventually(() => heard.ids).toEqual(['again'])
  })

  it('returns a cached session unchanged, dates and emoji included, for at most a minute', async () => {
    const cache = sessionCache()
    await cache.put(CACHED)
    const found = await cache.get(CACHED.session.id)

    expect(found?.found).toEqual(CACHED)
    expect(found?.freshForMs).toBeGreaterThan(0)
    expect(found?.freshForMs).toBeLessThanOrEqual(60_000)
    for (const key of await watcher.keys('*')) expect(await watcher.pttl(key)).toBeGreaterThan(0)
  })

  it('does not cache a session again after it was forgotten', async () => {
    const cache = sessionCache()
    await cache.put(CACHED)
    await cache.forget([CACHED.session.id, 'another'])
    await cache.put(CACHED)

    expect(await cache.get(CACHED.session.id)).toBeNull()
  })

  it('ignores a cached session that another version wrote', async () => {
    const cache = sessionCache()
    await watcher.set(`oa:session:${CACHED.session.id}`, '{"version":0,"known":{}}', 'PX', 1_000)

    expect(await cache.get(CACHED.session.id)).toBeNull()
  })
})

const AT = new Date('2026-11-21T08:00:00.123Z')
const ID = '01938a5e-7c1d-7000-8000-000000000001'
const CACHED: SessionWithUser = {
  session: {
    id: ID,
    userId: 1,
    deviceId: null,
    deviceName: 'iPhone',
    ip: '::1',
    userAgent: '',
    createdAt: AT,
    lastSeenAt: AT,
    idleExpiresAt: AT,
    absoluteExpiresAt: AT,
    endedAt: null,
    endedReason: null,
  },
  user: {
    id: 1,
    publicId: ID,
    appId: 'wx',
    openid: 'oA',
    unionid: null,
    nickName: '小明😀',
    avatarUrl: '',
    pendingAvatarUrl: '',
    gender: 1,
    status: UserStatus.active,
    statusReason: null,
    addTime: AT,
    lastLoginTime: AT,
  },
}
