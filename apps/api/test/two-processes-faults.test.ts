import { setTimeout as sleep } from 'node:timers/promises'
import { describeWithServers } from '@oa/test-servers/vitest'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectMysql } from '../src/infra/database/mysql-connect.ts'
import { queryRows } from './database/query.ts'
import { ENDED, PROMISE_MS, watchEndings } from './support/endings.ts'
import { eventually, untilItHolds } from './support/eventually.ts'
import { inTurns } from './support/pair.ts'
import { startApiProcess } from './support/start-api-process.ts'
import { codeFrom } from './support/start-test-api.ts'
import type { TwoProcesses } from './support/two-processes.ts'
import { startTwoProcesses } from './support/two-processes.ts'

const SERVED = { status: 200, errno: 0 }
const UNAVAILABLE = { status: 503, errno: 707 }
const SLOW_MS = 500
/** So many that one after the other on ten connections they would take far too long. */
const READERS = 160
/** The long form has fifty. */
const ROUNDS = Number(process.env.FIRST_SIGN_INS ?? 1)
/** What a later release may do to the tables while this one runs: it only adds. */
const NEXT_RELEASE = [
  'ALTER TABLE wx_user ADD COLUMN next_release VARCHAR(16) NULL',
  'CREATE TABLE next_release (id BIGINT PRIMARY KEY)',
  `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
   VALUES (UUID(), REPEAT('0', 64), NOW(3), '29990101000000_next_release', 2)`,
]
/** Production in all but WeChat: it migrates nothing by itself. */
const PRODUCTION = {
  NODE_ENV: 'production',
  REHEARSAL: 'true',
  HOST: '127.0.0.1',
  CONTENT_CHECK: 'off',
}
/** Users without a session, and sessions without the event of their beginning. */
const HALVES = `SELECT u.id FROM wx_user u LEFT JOIN wx_session s ON s.user_id = u.id
  LEFT JOIN login_event e ON e.session_id = s.id WHERE e.id IS NULL`
/** How long phones wait. */
const PATIENCE_MS = 6_000

describeWithServers(['mariadb', 'redis'], 'two processes on one MariaDB and one Redis', () => {
  let world: TwoProcesses
  beforeAll(async () => {
    world = await startTwoProcesses()
  })
  afterAll(() => world.close())

  const { redisIs } = watchEndings(() => world)
  const withSessionsLocked = async <T>(use: () => Promise<T>): Promise<T> => {
    const locker = await connectMysql(world.database)
    try {
      await locker.query('LOCK TABLES wx_session WRITE')
      return await use()
    } finally {
      await locker.end()
    }
  }

  it('serve every read in time while the database takes half a second and Redis is dead', async () => {
    const people = Array.from({ length: READERS }, (_, index) => `reader-${index}`)
    const tokens = await inTurns(people, (person) => world.signIn(world.one, person), 32)
    await world.redis.kill('SIGKILL')
    world.databaseLine.delay(SLOW_MS)
    // Nothing of before is left in this process.
    await sleep(1_500)

    const begun = performance.now()
    const answers = await Promise.all(
      tokens.map(async (token) => {
        const { errno } = await world.one.info(token)
        return { errno, ms: performance.now() - begun }
      }),
    )
    world.databaseLine.delay(0)
    await world.redis.restart()

    expect(answers.filter(({ errno }) => errno !== 0)).toEqual([])
    expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(PATIENCE_MS)
  })

  it('refuse what finds every connection taken, serve what needs none, and recover by themselves', async () => {
    await redisIs('up')
    const token = await world.signIn(world.one, 'reading')
    // A node that this machine lets stand for a second asks the database about a session, rightly.
    await untilItHolds(async () => {
      expect(await world.one.info(token)).toMatchObject(SERVED)
      const { read, alive, signIns } = await withSessionsLocked(async () => {
        const codes = await Promise.all(
          Array.from({ length: 40 }, (_, index) => codeFrom(world.simulator, `waiting-${index}`)),
        )
        const waiting = codes.map((code) => world.one.login({ code }))
        await sleep(300)
        const read = await world.one.info(token)
        const alive = await world.one.call('/livez')
        return { read, alive, signIns: await Promise.all(waiting) }
      })
      expect(alive.status).toBe(200)
      for (const answer of signIns) {
        expect(answer).toMatchObject(UNAVAILABLE)
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
      }
      expect(read).toMatchObject(SERVED)
    })
    await eventually(async () => (await world.one.call('/readyz')).status).toBe(200)
    await world.signIn(world.one, 'after')
  })

  it(`create one user from a hundred first sign-ins of one person: ${ROUNDS} time(s)`, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const codes = await Promise.all(
        Array.from({ length: 100 }, () => codeFrom(world.simulator, `first-${round}`)),
      )
      const answers = await Promise.all(
        codes.map((code, index) => (index % 2 === 0 ? world.one : world.two).login({ code })),
      )
      for (const answer of answers) expect(answer).toMatchObject(SERVED)
      expect(new Set(answers.map(({ data }) => data.userInfo.nickName)).size).toBe(1)
    }
  })

  it('answer every kind of request in time from the moment when Redis hangs', async () => {
    await redisIs('up')
    const [reading = '', leaving = ''] = await world.signInOnBoth('hanging', 2)
    const code = await codeFrom(world.simulator, 'arriving')
    await world.redis.kill('SIGSTOP')
    const requests = [
      () => world.one.info(reading),
      () => world.one.call('/wx/user/index', { token: reading }),
      () => world.one.login({ code }),
      () => world.one.sessions(reading),
      () => world.one.logout(leaving),
      () => world.one.call('/readyz'),
    ]
    for (const request of requests) {
      const begun = performance.now()
      expect(await request()).toMatchObject(SERVED)
      expect(performance.now() - begun).toBeLessThan(PATIENCE_MS)
    }
    await world.redis.kill('SIGCONT')
  })

  it('refuse a session that ended while one of them stood still, as soon as that one goes on', async () => {
    await redisIs('up')
    const tokens = await world.signInOnBoth('paused', 3)
    world.two.kill('SIGSTOP')
    expect(await world.one.logoutAll(tokens[0] ?? '')).toMatchObject(SERVED)
    await sleep(PROMISE_MS)
    // Asked before it wakes, so nothing that it does then can come first.
    const asked = tokens.map((token) => world.two.info(token))
    await sleep(100)
    world.two.kill('SIGCONT')

    for (const { errno } of await Promise.all(asked)) expect(ENDED).toContain(errno)
  })

  it('serve all along while the database is migrated to the next release', async () => {
    const token = await world.signIn(world.one, 'upgraded')
    let over = false
    const answers = [world.one, world.two].map((node) => ({ node, errnos: [] as number[] }))
    const traffic = answers.map(async ({ node, errnos }) => {
      while (!over) {
        errnos.push((await node.info(token)).errno)
        errnos.push((await node.login({ code: await codeFrom(world.simulator, 'busy') })).errno)
      }
    })
    for (const statement of NEXT_RELEASE) {
      await queryRows({ url: world.database }, statement)
      await sleep(100)
    }
    // Also on a machine that is slow: some of each node after the first.
    await eventually(async () =>
      Math.min(...answers.map(({ errnos }) => errnos.length)),
    ).toBeGreaterThan(2)
    over = true
    await Promise.all(traffic)
    for (const { errnos } of answers) expect(new Set(errnos)).toEqual(new Set([0]))
    // A node of this release that is started once more, before the next one is rolled out.
    const again = await startApiProcess({ ...world.env.shared, ...PRODUCTION })
    expect(await again.info(token)).toMatchObject(SERVED)
    again.kill('SIGTERM')
    await again.finished
  })

  it('lose nothing that was acknowledged when one is killed, and the other goes on', async () => {
    const acknowledged: string[] = []
    let killed = false
    const work = async (worker: number) => {
      for (let round = 0; !killed; round += 1) {
        const token = await world.signIn(world.two, `lost-${worker}-${round}`).catch(() => null)
        if (token !== null) acknowledged.push(token)
      }
    }
    const working = Promise.all(Array.from({ length: 8 }, (_, worker) => work(worker)))
    await eventually(async () => acknowledged.length).toBeGreaterThan(20)
    killed = true
    world.two.kill('SIGKILL')
    await Promise.all([working, world.two.finished])

    const answers = await inTurns(acknowledged, (token) => world.one.info(token), 16)
    expect(answers.filter(({ errno }) => errno !== 0)).toEqual([])
    expect(await queryRows({ url: world.database }, HALVES)).toEqual([])
    expect(await world.one.call('/readyz')).toMatchObject({ status: 200, errmsg: 'ok' })
  })
})
