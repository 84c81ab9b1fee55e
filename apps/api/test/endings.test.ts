import { mkdir, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describeWithServers } from '@oa/test-servers/vitest'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { PUSH_TOKEN, pushTo } from './support/push.ts'
import { codeFrom, TEST_APP } from './support/start-test-api.ts'
import type { TwoProcesses } from './support/two-processes.ts'
import { COMMIT, REDIS_FILE, startTwoProcesses } from './support/two-processes.ts'

/** What is promised to users: an ended session is refused on every node within this time. */
const PROMISE_MS = 1_000
const ENDED = [501, 704, 714]
const SAYS_LATER = '成功，其他节点最迟一分钟内生效'

describeWithServers(['mariadb', 'redis'], 'a session that ends on one of two processes', () => {
  let world: TwoProcesses
  beforeAll(async () => {
    world = await startTwoProcesses({ WX_PUSH_TOKEN: PUSH_TOKEN })
  })
  afterAll(() => world.close())

  const errnos = async (tokens: readonly string[]) => {
    const nodes = [world.one, world.two]
    const answers = await Promise.all(
      nodes.flatMap((node) => tokens.map((token) => node.info(token))),
    )
    return answers.map(({ errno }) => errno)
  }
  /** Fails unless both nodes refuse all tokens from `PROMISE_MS` after `answeredAt` on. */
  const expectRefusedInTime = async (tokens: readonly string[], answeredAt: number) => {
    await sleep(Math.max(0, answeredAt + PROMISE_MS - performance.now()))
    for (const errno of await errnos(tokens)) expect(ENDED).toContain(errno)
  }
  const redisIs = (state: string) =>
    expect
      .poll(
        async () => {
          const answers = await Promise.all(
            [world.one, world.two].map((node) => node.call('/readyz')),
          )
          return answers.every(({ text }) => text.includes(`"redis":"${state}"`))
        },
        { timeout: 15_000 },
      )
      .toBe(true)
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

  describe('whose ending lost the answer of the database', () => {
    afterEach(() => world.databaseLine.become('open'))

    it.each([
      ['log-out everywhere', '/wx/auth/logout_all', undefined],
      ['closing of the account', '/wx/user/close_account', { confirm: true }],
    ])('is refused on both within a second of the 503 after %s', async (name, path, body) => {
      await redisIs('up')
      const tokens = await world.signInOnBoth(`lost-${name}`, 3)
      world.databaseLine.becomeAt(COMMIT, 'one-way')

      const answer = await world.one.call(path, {
        method: 'POST',
        token: tokens[0] ?? '',
        body,
      })
      const answeredAt = performance.now()
      world.databaseLine.become('open')

      expect(answer).toMatchObject({ status: 503, errno: 707 })
      await expectRefusedInTime(tokens, answeredAt)
    })

    it('by a sign-in on the same device is refused on both within a second', async () => {
      await redisIs('up')
      const [token = ''] = await world.signInOnBoth('lost-replaced')
      const code = await codeFrom(world.simulator, 'lost-replaced')
      world.databaseLine.becomeAt(COMMIT, 'one-way')

      const answer = await world.one.login({ code, deviceId: 'device-0-of-lost-replaced' })
      const answeredAt = performance.now()
      world.databaseLine.become('open')

      expect(answer).toMatchObject({ status: 503, errno: 707 })
      await expectRefusedInTime([token], answeredAt)
    })

    it('by closing the WeChat account is refused on both within a second, with the answer of the database lost', async () => {
      await redisIs('up')
      await pushTo({ simulator: world.simulator, url: world.one.url })
      // Another attempt at once would announce the ending.
      await world.simulator.control.changeSettings({ pushRetryDelayMs: 2_000 })
      const tokens = await world.signInOnBoth('cancelled', 2)
      world.databaseLine.becomeAt(COMMIT, 'one-way')

      const cancelling = world.simulator.control.userEvent({
        appid: TEST_APP.appid,
        person: 'cancelled',
        event: 'user_authorization_cancellation',
      })
      await expect
        .poll(async () => (await world.simulator.control.pushes()).at(-1)?.attempts.length, {
          timeout: 10_000,
        })
        .toBe(1)
      const answeredAt = performance.now()
      world.databaseLine.become('open')

      await expectRefusedInTime(tokens, answeredAt)
      await cancelling
    })

    it('is refused on both within a second of the second try, when the database failed in the middle of the first', async () => {
      await redisIs('up')
      const tokens = await world.signInOnBoth('half-way', 3)
      // The statements arrive, the end of the transaction does not.
      world.databaseLine.becomeAt(COMMIT, 'stalled')
      expect(await world.one.logoutAll(tokens[0] ?? '')).toMatchObject({ status: 503, errno: 707 })
      world.databaseLine.become('open')

      expect(await world.one.logoutAll(tokens[0] ?? '')).toMatchObject({
        errno: 0,
        data: { ended: 3 },
      })
      await expectRefusedInTime(tokens, performance.now())
    })
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
