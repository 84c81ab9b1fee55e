import type { Redis } from '@oa/test-servers'
import { startRedis } from '@oa/test-servers'
import { describeWithServers } from '@oa/test-servers/vitest'
import { Redis as IoRedis } from 'ioredis'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TokenStore } from '../src/index.ts'
import {
  createMemoryTokenStore,
  createRedisDedupeStore,
  createRedisTokenStore,
} from '../src/index.ts'
import { createTokenPlatform, useServers } from './support.ts'

const PING = { path: '/wxa/ping', reply: Type.Object({}) }

const sharesTokens = (createStores: () => TokenStore[]) => {
  const { startHttp, createClient } = useServers()

  const startNodes = async (platform: ReturnType<typeof createTokenPlatform>) => {
    const server = await startHttp(platform.answer)
    return createStores().map((tokenStore) => createClient({ baseUrl: server.url, tokenStore }))
  }

  it('200 callers on each of two nodes cause one call for a token', async () => {
    const platform = createTokenPlatform()
    const nodes = await startNodes(platform)
    const calls = nodes.flatMap((node) => Array.from({ length: 200 }, () => node.call(PING)))

    await Promise.all(calls)
    expect(platform.issued).toEqual([{ force: false }])
  })

  it('when WeChat refuses the token, both nodes share one new token and no call fails', async () => {
    const platform = createTokenPlatform()
    const nodes = await startNodes(platform)
    await Promise.all(nodes.map((node) => node.call(PING)))

    platform.dead.add('T1')
    platform.serial = 2
    const calls = nodes.flatMap((node) => Array.from({ length: 100 }, () => node.call(PING)))
    await Promise.all(calls)
    expect(platform.issued).toEqual([{ force: false }, { force: false }])
  })

  it('a token forced by one node is used by the other', async () => {
    const platform = createTokenPlatform()
    const [first, second] = await startNodes(platform)
    await second?.call(PING)
    const forced = await first?.accessToken.forceRefresh()

    expect(forced).toEqual({ accessToken: 'T2', expiresAt: expect.any(Date) })
    await second?.call(PING)
    expect(await second?.accessToken.get()).toEqual(forced)
    expect(platform.issued).toEqual([{ force: false }, { force: true }])
  })
}

describe('access_token in one process', () => {
  sharesTokens(() => {
    const store = createMemoryTokenStore()
    return [store, store]
  })
})

describeWithServers(['redis'], 'what nodes share through Redis', () => {
  let redis: Redis
  const clients: IoRedis[] = []
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(async () => {
    for (const client of clients) client.disconnect()
    await redis.stop()
  })

  let run = 0
  const createStores = () => {
    run += 1
    return [1, 2].map(() => {
      const client = new IoRedis(redis.url)
      clients.push(client)
      return createRedisTokenStore(client, { prefix: `test${run}:` })
    })
  }

  sharesTokens(createStores)

  it('a lock belongs to one caller until it is released or expires', async () => {
    const [first, second] = createStores()
    const lock = await first?.lock('key', 60_000)
    expect(await second?.lock('key', 60_000)).toBeNull()
    await lock?.release()
    const brief = await second?.lock('key', 1)
    await expect.poll(() => first?.lock('key', 60_000)).not.toBeNull()
    await brief?.release()
    expect(await second?.lock('key', 60_000)).toBeNull()
  })

  it('a push is claimed by one node until the claim expires', async () => {
    const client = new IoRedis(redis.url)
    clients.push(client)
    const store = createRedisDedupeStore(client, { prefix: 'push-test:' })
    expect(await store.claim('a', '1', 60_000)).toBe('1')
    expect(await store.claim('a', '2', 60_000)).toBe('1')
    await store.put('a', '3', 60_000)
    expect(await store.claim('a', '2', 60_000)).toBe('3')
    await store.remove('a')
    expect(await store.claim('a', '2', 1)).toBe('2')
    await expect.poll(() => store.claim('a', '4', 60_000)).toBe('4')
  })
})

describe('a Redis that does not answer', () => {
  const { startTcp } = useServers()

  it('fails a command after its time-out', async () => {
    const silent = await startTcp((socket) => socket.resume())
    const client = new IoRedis(silent.port, { retryStrategy: () => null })
    const store = createRedisTokenStore(client, { commandTimeoutMs: 50 })

    await expect(store.read('key')).rejects.toThrow('50 ms')
    client.disconnect()
  })
})
