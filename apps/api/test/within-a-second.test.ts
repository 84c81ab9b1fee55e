import { setTimeout as sleep } from 'node:timers/promises'
import { describeWithServers } from '@oa/test-servers/vitest'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { PROMISE_MS } from './support/endings.ts'
import { runProcess } from './support/start-api-process.ts'
import { openidOf } from './support/start-test-api.ts'
import type { TwoProcesses } from './support/two-processes.ts'
import { startTwoProcesses } from './support/two-processes.ts'

const POLL_MS = 20
const FROZEN = 704

/** A request that a node still served, and how long after the answer to the ending it was sent. */
type Served = { node: 'one' | 'two'; sentAfterMs: number }

describeWithServers(
  ['mariadb', 'redis'],
  'sessions that end while two processes serve them',
  () => {
    let world: TwoProcesses
    beforeAll(async () => {
      world = await startTwoProcesses()
    })
    afterAll(() => world.close())

    /** Uses the tokens on both nodes without a pause, until `PROMISE_MS` and a half after the ending. */
    const watch = async (tokens: readonly string[], answeredAt: number, refusal: number) => {
      const served: Served[] = []
      const watchNode = async (node: Served['node'], token: string) => {
        let errno = 0
        while (performance.now() < answeredAt + 1.5 * PROMISE_MS) {
          const sentAfterMs = performance.now() - answeredAt
          ;({ errno } = await world[node].info(token))
          if (errno === 0) served.push({ node, sentAfterMs })
          await sleep(POLL_MS)
        }
        expect(errno).toBe(refusal)
      }
      await Promise.all(
        tokens.flatMap((token) => [watchNode('one', token), watchNode('two', token)]),
      )
      return served
    }
    const expectInTime = async (...ending: Parameters<typeof watch>) => {
      const served = await watch(...ending)
      expect(served.filter(({ sentAfterMs }) => sentAfterMs >= PROMISE_MS)).toEqual([])
    }

    it('by a log-out are refused on both within a second', async () => {
      const [token = ''] = await world.signInOnBoth('leaves')

      expect(await world.one.logout(token)).toMatchObject({ errno: 0, errmsg: '成功' })
      await expectInTime([token], performance.now(), 501)
    })

    it('by a log-out everywhere are refused on both within a second, on every device', async () => {
      const tokens = await world.signInOnBoth('leaves-everywhere', 3)

      expect(await world.two.logoutAll(tokens[0] ?? '')).toMatchObject({ data: { ended: 3 } })
      await expectInTime(tokens, performance.now(), 714)
    })

    it('by a freeze from the command line are refused on both within a second', async () => {
      const tokens = await world.signInOnBoth('frozen', 2)
      const openid = await openidOf(world, 'frozen')

      const frozen = await runProcess('cli.ts', world.env.shared, [
        'user',
        'freeze',
        '--openid',
        openid,
        '--yes',
      ])
      expect(frozen).toMatchObject({ code: 0, stderr: '' })
      await expectInTime(tokens, performance.now(), FROZEN)
    })
  },
)
