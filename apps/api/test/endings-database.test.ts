import { describeWithServers } from '@oa/test-servers/vitest'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { watchEndings } from './support/endings.ts'
import { PUSH_TOKEN, pushTo } from './support/push.ts'
import { codeFrom, TEST_APP } from './support/start-test-api.ts'
import type { TwoProcesses } from './support/two-processes.ts'
import { COMMIT, ENDING, REPLACING, startTwoProcesses } from './support/two-processes.ts'

describeWithServers(
  ['mariadb', 'redis'],
  'a session whose ending lost the answer of the database',
  () => {
    let world: TwoProcesses
    beforeAll(async () => {
      world = await startTwoProcesses({ WX_PUSH_TOKEN: PUSH_TOKEN })
    })
    afterEach(() => world.databaseLine.become('open'))
    afterAll(() => world.close())

    const { expectRefusedInTime, redisIs } = watchEndings(() => world)

    it.each([
      ['log-out everywhere', '/wx/auth/logout_all', undefined],
      ['closing of the account', '/wx/user/close_account', { confirm: true }],
    ])('is refused on both within a second of the 503 after %s', async (name, path, body) => {
      await redisIs('up')
      const tokens = await world.signInOnBoth(`lost-${name}`, 3)
      world.databaseLine.becomeAt(COMMIT, 'one-way', ENDING)

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
      world.databaseLine.becomeAt(COMMIT, 'one-way', REPLACING)

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
      world.databaseLine.becomeAt(COMMIT, 'one-way', ENDING)

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
      world.databaseLine.becomeAt(COMMIT, 'stalled', ENDING)
      expect(await world.one.logoutAll(tokens[0] ?? '')).toMatchObject({ status: 503, errno: 707 })
      world.databaseLine.become('open')

      expect(await world.one.logoutAll(tokens[0] ?? '')).toMatchObject({
        errno: 0,
        data: { ended: 3 },
      })
      await expectRefusedInTime(tokens, performance.now())
    })
  },
)
