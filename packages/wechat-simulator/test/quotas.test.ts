import { describe, expect, it } from 'vitest'
import type { Quota } from '../src/index.ts'
import { APP, code2Session, createApi, useSimulator } from './support.ts'

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

describe('client calls', () => {
  const alice = { appid: APP.appid, person: 'alice' }
  const DAY = 24 * 60 * MINUTE
  const startCalls = async (clientCallsPerPageView = 2) => {
    const { control } = await start({ settings: { clientCallsPerPageView } })
    await control.createPerson({ name: 'alice' })
    await control.createPerson({ name: 'bob' })
    await control.advanceClock(DAY - (((await control.now()) + 8 * 60 * MINUTE) % DAY))
    const calls = [
      () => control.login(alice),
      () => control.checkSession(alice),
      () => control.setting(alice),
      () => control.userInfo(alice),
      () => control.userInfo({ ...alice, api: 'getUserProfile' }),
    ]
    return { control, calls }
  }

  it('are refused beyond twice the page views of a day, each API for itself', async () => {
    const { control, calls } = await startCalls()
    await control.pageView({ ...alice, count: 2 })
    for (const call of calls) {
      for (let count = 0; count < 4; count += 1) await call()
      await expect(call()).rejects.toThrow(':fail api freq out of limit')
    }
    await expect(control.login({ ...alice, person: 'bob' })).rejects.toMatchObject({
      statusCode: 429,
      errcode: 45009,
      message: 'login:fail api freq out of limit',
    })
    await control.pageView({ appid: APP.appid })

    expect(await control.login(alice)).toHaveProperty('code')
  })

  it('are measured by yesterday too, but not by the day before', async () => {
    const { control } = await startCalls()
    expect(await control.pageView({ appid: APP.appid, count: 3 })).toEqual({ today: 3 })
    const logins = async () => {
      let count = 0
      while (await control.login(alice).catch(() => undefined)) count += 1
      return count
    }
    await control.advanceClock(DAY)
    expect(await logins()).toBe(6)
    await control.advanceClock(DAY)

    expect(await logins()).toBe(2)
  })

  it('are not limited by default', async () => {
    const { calls } = await startCalls(0)
    for (const call of calls) for (let count = 0; count < 9; count += 1) await call()
  })

  it('are measured by page views, which count as visits', async () => {
    const { control, url } = await start({ settings: { tokenTtlMs: 2 * DAY } })
    await control.createPerson({ name: 'alice', appid: APP.appid, openid: 'oAlice' })
    const { post } = await createApi({ url })
    const check = { version: 2, openid: 'oAlice', scene: 1, content: 'hello' }
    expect(await post('/wxa/msg_sec_check', check)).toMatchObject({ errcode: 61010 })
    await control.pageView(alice)

    expect(await post('/wxa/msg_sec_check', check)).toMatchObject({ errcode: 0 })
  })
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

it('quotas can be changed at run time', async () => {
  const { ask, control } = await startWith({ perMinute: 1 })
  await ask()
  await control.changeSettings({ quotas: { [PATH]: { perMinute: 0 } } })

  expect(await ask()).toBe(0)
})
