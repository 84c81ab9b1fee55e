import { setTimeout as sleep } from 'node:timers/promises'
import { createControl } from '@oa/wechat-simulator/control'
import { Pool } from 'undici'
import { send } from './load.ts'
import { atRate } from './rate.ts'
import { OURS } from './servers.ts'
import { median } from './statistics.ts'
import { openWorld } from './world.ts'

const PATH = '/sns/jscode2session'
const ROUNDS = 5
const ROUND_MS = 4_000
const DEAD_MS = 60_000
const READS_PER_SECOND = 200
const LOGINS_PER_SECOND = 20

type Timed = { ms: number; errno: number }

const quantile = (timed: Timed[], share: number) =>
  timed.map(({ ms }) => ms).sort((a, b) => a - b)[Math.floor((timed.length - 1) * share)] ?? 0

const say = (line: string) => process.stdout.write(`${line}\n`)

const world = await openWorld('SQLite')
try {
  const control = createControl(world.weChatUrl)
  const ours = await world.start(OURS)
  const pool = new Pool(ours.url, { connections: 256 })
  let next = 0
  const timed = async (call: () => Promise<number>): Promise<Timed> => {
    const begin = performance.now()
    const errno = await call()
    return { ms: performance.now() - begin, errno }
  }
  const login = () =>
    timed(async () => {
      const body = JSON.stringify({ code: `e2e-person${next % 500}~${next++}` })
      const answer = await pool.request({
        method: 'POST',
        path: '/wx/auth/login_by_weixin',
        body,
        headers: { 'content-type': 'application/json' },
      })
      return ((await answer.body.json()) as { errno: number }).errno
    })
  const { token } = (await send(pool, {
    method: 'POST',
    path: '/wx/auth/login_by_weixin',
    body: { code: 'e2e-reader' },
  })) as { token: string }
  const read = () =>
    timed(async () => {
      await send(pool, { method: 'GET', path: '/wx/auth/info', headers: { 'x-oa-token': token } })
      return 0
    })
  const both = (ms: number) =>
    Promise.all([atRate(READS_PER_SECOND, ms, read), atRate(LOGINS_PER_SECOND, ms, login)])

  await both(ROUND_MS)
  const ratios: number[] = []
  let slowest = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const [well] = await both(ROUND_MS)
    await control.addFault({ path: PATH, times: 0, stallAfterConsuming: true })
    const [stalled, logins] = await both(ROUND_MS)
    await control.clearFaults()
    slowest = Math.max(slowest, quantile(logins, 1))
    ratios.push(quantile(stalled, 0.99) / quantile(well, 0.99))
    while ((await login()).errno !== 0) await sleep(200)
  }
  say(`WeChat stalled: the slowest sign-in was answered after ${Math.round(slowest)} ms`)
  say(`signed-in p99, stalled / well: median ${median(ratios).toFixed(2)} of ${ROUNDS} rounds`)

  await control.addFault({ path: PATH, times: 0, reset: true })
  const before = (await control.calls({ path: PATH })).length
  const [reads, logins] = await both(DEAD_MS)
  const asked = (await control.calls({ path: PATH })).length - before
  const late = logins.slice(logins.length >> 1)
  say(
    `WeChat dead ${DEAD_MS / 1000} s, ${logins.length} sign-ins: it was asked ${asked} times; later sign-ins were refused within ${Math.round(quantile(late, 0.99))} ms (p99), none of ${reads.length} reads failed`,
  )
  await control.clearFaults()
  const back = performance.now()
  while ((await login()).errno !== 0) await sleep(50)
  say(`WeChat back: sign-ins work again after ${Math.round(performance.now() - back)} ms`)
  await pool.destroy()
} finally {
  await world.close()
}
