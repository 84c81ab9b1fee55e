import { setTimeout as sleep } from 'node:timers/promises'
import { describeWithServers } from '@oa/test-servers/vitest'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { queryRows } from './database/query.ts'
import type { TwoProcesses } from './support/two-processes.ts'
import { startTwoProcesses } from './support/two-processes.ts'

const MINUTE_MS = 60_000
const SERVED = { status: 200, errno: 0 }
const UNLOGIN = { status: 401, errno: 501 }

/** Makes a process believe that it is so much later. */
const clockAhead = (ms: number): NodeJS.ProcessEnv => {
  const script = `
    const Real = Date
    globalThis.Date = class extends Real {
      constructor(...args) { args.length === 0 ? super(Real.now() + ${ms}) : super(...args) }
      static now() { return Real.now() + ${ms} }
    }`
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` }
}

describeWithServers(
  ['mariadb', 'redis'],
  'nodes whose clocks are five minutes before and behind that of the database',
  () => {
    let world: TwoProcesses
    beforeAll(async () => {
      world = await startTwoProcesses(
        {},
        { one: clockAhead(5 * MINUTE_MS), two: clockAhead(-5 * MINUTE_MS) },
      )
    })
    afterAll(() => world.close())

    it('serve a token at once wherever it comes from', async () => {
      const fromFast = await world.signIn(world.one, 'fast')
      const fromSlow = await world.signIn(world.two, 'slow')

      for (const node of [world.one, world.two]) {
        expect(await node.info(fromFast)).toMatchObject(SERVED)
        expect(await node.info(fromSlow)).toMatchObject(SERVED)
      }
    })

    it('agree on when a session ends', async () => {
      const tokens = [
        await world.signIn(world.one, 'ending-fast'),
        await world.signIn(world.two, 'ending-slow'),
      ]
      await queryRows(
        { url: world.database },
        `UPDATE wx_session SET idle_expires_at = DATE_ADD(UTC_TIMESTAMP(3), INTERVAL 3 SECOND)`,
      )
      const [fromFast = '', fromSlow = ''] = tokens
      expect(await world.two.info(fromFast)).toMatchObject(SERVED)
      expect(await world.one.info(fromSlow)).toMatchObject(SERVED)

      await sleep(3_500)
      expect(await world.two.info(fromFast)).toMatchObject(UNLOGIN)
      expect(await world.one.info(fromSlow)).toMatchObject(UNLOGIN)
    })

    it('agree on whether a sign-in is recent', async () => {
      const token = await world.signIn(world.two, 'closing')

      const answer = await world.one.call('/wx/user/close_account', {
        method: 'POST',
        token,
        body: { confirm: true },
      })
      expect(answer).toMatchObject(SERVED)
    })

    it('say so in the log', async () => {
      world.one.kill('SIGTERM')
      const { stdout } = await world.one.finished

      expect(stdout).toContain('the clock of this machine is not that of the database')
    })
  },
)
