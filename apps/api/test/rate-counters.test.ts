import type { Redis } from '@oa/test-servers'
import { startRedis } from '@oa/test-servers'
import { describeWithServers } from '@oa/test-servers/vitest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Counter } from '../src/infra/shared-state/counter.ts'
import {
  createBoundedCounter,
  createMemoryCounter,
} from '../src/infra/shared-state/memory-counter.ts'
import type { SharedState } from '../src/infra/shared-state/shared-state.ts'
import { openSharedState } from '../src/infra/shared-state/shared-state.ts'
import { eventually } from './support/eventually.ts'

const WINDOW_MS = 60_000

/** The promises of every counter, wherever it keeps the counts. */
const countingSuite = (counter: () => Counter) => {
  it('counts each key by itself', async () => {
    const counts = []
    for (const key of ['a', 'a', 'b', 'a']) counts.push(await counter().increment(key, WINDOW_MS))

    expect(counts.map(({ current }) => current)).toEqual([1, 2, 1, 3])
    for (const { ttl } of counts) {
      expect(ttl).toBeGreaterThan(0)
      expect(ttl).toBeLessThanOrEqual(WINDOW_MS)
    }
  })

  it('counts every one of many concurrent events', async () => {
    const counts = await Promise.all(
      Array.from({ length: 100 }, () => counter().increment('many', WINDOW_MS)),
    )
    expect(Math.max(...counts.map(({ current }) => current))).toBe(100)
  })

  it('takes back what was counted, never below zero', async () => {
    await counter().increment('back', WINDOW_MS)
    for (const _ of [1, 2, 3]) {
      expect((await counter().increment('back', WINDOW_MS, -1)).current).toBe(0)
    }
    expect((await counter().increment('back', WINDOW_MS)).current).toBe(1)

    await counter().increment('never-counted', WINDOW_MS, -1)
    expect((await counter().increment('never-counted', WINDOW_MS)).current).toBe(1)
  })

  it('starts again after its window', async () => {
    await counter().increment('short', 50)
    await eventually(async () => (await counter().increment('short', 50)).current).toBe(1)
  })
}

describe('the counter in memory', () => {
  const counter = createMemoryCounter()
  countingSuite(() => counter)
})

describe('the bounded counter in memory', () => {
  const counter = createBoundedCounter()
  countingSuite(() => counter)

  it('forgets no key under a flood of other keys, and counts the surplus keys together', async () => {
    const small = createBoundedCounter({ maxKeys: 100 })
    for (const _ of [1, 2]) await small.increment('spender', WINDOW_MS)
    const flood = []
    for (let key = 0; key < 1_000; key += 1) {
      flood.push((await small.increment(`other-${key}`, WINDOW_MS)).current)
    }

    expect((await small.increment('spender', WINDOW_MS)).current).toBe(3)
    expect(flood.slice(0, 99)).toEqual(Array(99).fill(1))
    expect(flood.at(-1)).toBe(901)
  })

  it('has room for new keys after windows have ended', async () => {
    const small = createBoundedCounter({ maxKeys: 2 })
    let round = 0
    const three = async () => {
      round += 1
      const counts = ['a', 'b', 'c'].map((key) => small.increment(`${key}${round}`, 50))
      return (await Promise.all(counts)).map(({ current }) => current)
    }
    expect(await three()).toEqual([1, 1, 1])
    await eventually(three).toEqual([1, 1, 1])
  })
})

describeWithServers(['redis'], 'the counter in Redis', () => {
  let redis: Redis
  let state: SharedState
  beforeAll(async () => {
    redis = await startRedis()
    state = await openSharedState({ redisUrl: redis.url, onChange() {} })
  }, 30_000)
  afterAll(async () => {
    await state.close()
    await redis.stop()
  })

  countingSuite(() => state.rateCounter)

  it('is shared by all processes that use this Redis', async () => {
    const other = await openSharedState({ redisUrl: redis.url, onChange() {} })
    await eventually(() => other.feed.isConnected() && state.feed.isConnected()).toBe(true)
    await state.rateCounter.increment('shared', WINDOW_MS)

    expect((await other.rateCounter.increment('shared', WINDOW_MS)).current).toBe(2)
    await other.close()
  })

  it('counts in memory while Redis hangs, and in Redis again afterwards', async () => {
    await redis.kill('SIGSTOP')
    const counts = await Promise.all(
      Array.from({ length: 5 }, () => state.rateCounter.increment('hanging', WINDOW_MS)),
    )
    expect(counts.map(({ current }) => current).sort()).toEqual([1, 2, 3, 4, 5])

    await redis.kill('SIGCONT')
    await eventually(() => state.feed.isConnected()).toBe(true)
    expect((await state.rateCounter.increment('after', WINDOW_MS)).current).toBe(1)
  })
})
