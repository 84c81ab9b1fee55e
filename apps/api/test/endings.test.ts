import { mkdir, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describeWithServers } from '@oa/test-servers/vitest'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ENDED, PROMISE_MS, watchEndings } from './support/endings.ts'
import { codeFrom, TEST_APP } from './support/start-test-api.ts'
import type { TwoProcesses } from './support/two-processes.ts'
import { REDIS_FILE, startTwoProcesses } from './support/two-processes.ts'

const SAYS_LATER = '成功，其他节点最迟一分钟内生效'

describeWithServers(['mariadb', 'redis'], 'a session that ends on one of two processes', () => {
  let world: TwoProcesses
  beforeAll(async () => {
    world = await startTwoProcesses()
  })
  afterAll(() => world.close())

  const { errnos, expectRefusedInTime, redisIs } = watchEndings(() => world)
  const withRedis = async <T>(work: (redis: Redis) => Promise<T>) => {
    const redis = new Redis(world.redis.url)
    try {
      return await work(redis)
    } finally {
      redis.disconnect()
    }
  }

  it('is refused on both within a second of a log-out', async () => {
    await redisIs('up')
    const tokens = await world.signInOnBoth('well')
    expect(await world.one.logout(tokens[0] ?? '')).toMatchObject({ errno: 0, errmsg: '成功' })
    await expectRefusedInTime(tokens, performance.now())
  })

  describe('while Redis delivers but refuses to write', () => {
    it('because it is full: is refused on both within a second', async () => {
      await redisIs('up')
      const tokens = await world.signInOnBoth('full', 2)
      await withRedis((redis) => redis.config('SET', 'maxmemory', '1'))

      await world.one.logoutAll(tokens[0] ?? '')
      await expectRefusedInTime(tokens, performance.now())
      await withRedis((redis) => redis.config('SET', 'maxmemory', '0'))
    })

    it('because it is a read-only replica: is refused on both within a second', async () => {
      await redisIs('up')
      const tokens = await world.signInOnBoth('replica', 2)
      await withRedis((redis) => redis.replicaof('127.0.0.1', 9))

      await world.one.logoutAll(tokens[0] ?? '')
      await expectRefusedInTime(tokens, performance.now())
      await withRedis((redis) => redis.replicaof('NO', 'ONE'))
    })

    it('because it cannot save: is refused on both within a second', async () => {
      await redisIs('up')
      const tokens = await world.signInOnBoth('unsaved', 2)
      const taken = join(world.redis.folder, REDIS_FILE)
      await mkdir(taken)
      await withRedis(async (redis) => {
        await redis.config('SET', 'save', '1 1')
        await expect
          .poll(() => redis.set('probe', '1', 'PX', 1_000).catch((error: Error) => error.message), {
            timeout: 15_000,
          })
          .toContain('MISCONF')
      })

      await world.one.logoutAll(tokens[0] ?? '')
      await expectRefusedInTime(tokens, performance.now())
      await withRedis(async (redis) => {
        await redis.config('SET', 'save', '')
        await redis.config('SET', 'stop-writes-on-bgsave-error', 'no')
      })
      // Redis would not start again from it.
      await rmdir(taken)
    })
  })

  describe('while one of them is cut off from Redis', () => {
    it('is refused on the other within a second, and the answer promises no more', async () => {
      await redisIs('up')
      const tokens = await world.signInOnBoth('cut-off', 2)
      world.redisLine.become('stalled')

      const answer = await world.one.logoutAll(tokens[0] ?? '')
      const answeredAt = performance.now()

      expect(answer).toMatchObject({ errno: 0, errmsg: SAYS_LATER })
      await expectRefusedInTime(tokens, answeredAt)
      world.redisLine.become('open')
    })

    it('reconnects by itself although its stale connections are never reset', async () => {
      await redisIs('up')
      world.redisLine.become('stalled')
      await sleep(1_500)
      // New connections work, those that stalled stay silent.
      world.redisLine.become('open')

      await redisIs('up')
    })

    it.each([
      ['a sign-in that replaces one', 'replacing'],
      ['binding a number and ending the others', 'binding'],
    ] as const)('says so in the answer to %s', async (_, kind) => {
      await redisIs('up')
      const person = `says-${kind}`
      await world.simulator.control.createPerson({ name: person, phone: '13912345678' })
      const [first = '', second = ''] = await world.signInOnBoth(person, 2)
      const { code: phoneCode = '' } = await world.simulator.control.phoneCode({
        appid: TEST_APP.appid,
        person,
      })
      const code = await codeFrom(world.simulator, person)
      world.redisLine.become('stalled')

      const answer =
        kind === 'replacing'
          ? await world.one.login({ code, deviceId: `device-0-of-${person}` })
          : await world.one.call('/wx/auth/bind_phone', {
              method: 'POST',
              token: first,
              body: { code: phoneCode, endOtherSessions: true },
            })
      const answeredAt = performance.now()

      expect(answer).toMatchObject({ errno: 0, errmsg: SAYS_LATER })
      await expectRefusedInTime([kind === 'replacing' ? first : second], answeredAt)
      world.redisLine.become('open')
    })
  })

  it.each(['SIGSTOP', 'SIGKILL'] as const)(
    'is refused on both within a second while Redis is ended by %s',
    async (signal) => {
      await redisIs('up')
      const tokens = await world.signInOnBoth(`redis-${signal}`, 2)
      await world.redis.kill(signal)

      await world.one.logoutAll(tokens[0] ?? '')
      await expectRefusedInTime(tokens, performance.now())

      if (signal === 'SIGSTOP') await world.redis.kill('SIGCONT')
      else await world.redis.restart()
      await redisIs('up')
      for (const errno of await errnos(tokens)) expect(ENDED).toContain(errno)
    },
  )

  it('does not make Redis look away where the other process was killed', async () => {
    await redisIs('up')
    world.two.kill('SIGKILL')
    await world.two.finished
    // The other one has been silent for longer than nodes wait for a beat.
    await sleep(2 * PROMISE_MS)

    expect(await world.one.call('/readyz')).toMatchObject({ status: 200, errmsg: 'ok' })
  })
})
