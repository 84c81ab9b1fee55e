import { expect, it } from 'vitest'
import type { Quota } from '../src/index.ts'
import { APP, code2Session, useSimulator } from './support.ts'

const start = useSimulator()
const PATH = '/sns/jscode2session'
const MINUTE = 60_000

const startWith = async (quota: Quota) => {
  const simulator = await start({ acceptNamedCodes: true, settings: { quotas: { [PATH]: quota } } })
  // Begin with a fresh minute, so that no window ends in the middle of a test.
  const now = await simulator.control.now()
  await simulator.control.advanceClock(MINUTE - (now % MINUTE))

  return {
    ...simulator,
    ask: async (name = 'alice') =>
      (await code2Session(simulator, { js_code: `e2e-${name}` })).body.errcode ?? 0,
  }
}

it('answers 45011 when an app has spent its minute, and works in the next', async () => {
  const { ask, control } = await startWith({ perMinute: 2 })
  expect([await ask('a'), await ask('b'), await ask('c')]).toEqual([0, 0, 45011])

  await control.advanceClock(MINUTE)
  expect(await ask('c')).toBe(0)
})

it('answers 45011 to one person who signs in too often, and not to another', async () => {
  const { ask } = await startWith({ perPersonPerMinute: 2 })

  expect([await ask(), await ask(), await ask(), await ask('bob')]).toEqual([0, 0, 45011, 0])
})

it('leaves the code usable when the quota refused it', async () => {
  const { ask, control, url } = await startWith({ perPersonPerMinute: 1 })
  await ask('alice')
  const { code } = await control.login({ appid: APP.appid, person: 'alice' })
  expect((await code2Session({ url }, { js_code: code })).body.errcode).toBe(45011)

  await control.advanceClock(MINUTE)
  expect((await code2Session({ url }, { js_code: code })).body).toHaveProperty('openid')
})

it('answers 45009 when the day is spent, until midnight in Beijing', async () => {
  const { ask, control } = await startWith({ perDay: 1 })
  const toMidnight = (now: number) =>
    24 * 60 * MINUTE - ((now + 8 * 60 * MINUTE) % (24 * 60 * MINUTE))
  await control.advanceClock(toMidnight(await control.now()))
  expect([await ask(), await ask()]).toEqual([0, 45009])

  await control.advanceClock(toMidnight(await control.now()) - 5000)
  expect(await ask()).toBe(45009)
  await control.advanceClock(5000)
  expect(await ask()).toBe(0)
})

it('refuses wx.login more often than a person may call it', async () => {
  const { control } = await start({ settings: { clientCallsPerSecond: 2 } })
  await control.createPerson({ name: 'alice' })
  const login = () => control.login({ appid: APP.appid, person: 'alice' })
  const results = await Promise.allSettled(Array.from({ length: 10 }, login))
  const refused = results.filter(({ status }) => status === 'rejected')

  // Ten calls touch two seconds at most.
  expect(refused.length).toBeGreaterThanOrEqual(6)
  expect(refused[0]).toMatchObject({ reason: { message: 'login:fail api freq out of limit' } })
})

it('can be changed while it runs', async () => {
  const { ask, control } = await startWith({ perMinute: 1 })
  await ask()
  await control.changeSettings({ quotas: { [PATH]: { perMinute: 0 } } })

  expect(await ask()).toBe(0)
})
