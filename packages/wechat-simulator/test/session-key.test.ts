import { expect, it } from 'vitest'
import type { Simulator } from '../src/index.ts'
import { APP, code2Session, useSimulator } from './support.ts'

const start = useSimulator()
const alice = { appid: APP.appid, person: 'alice' }

const startWithAlice = async (settings = {}) => {
  const simulator = await start({ settings })
  await simulator.control.createPerson({ name: 'alice' })

  return simulator
}

const signIn = async (simulator: Simulator) => {
  const { code } = await simulator.control.login(alice)
  const { body } = await code2Session(simulator, { js_code: code })

  return String(body.session_key)
}

it('stays the same while it is younger than the minimum refresh interval', async () => {
  const simulator = await startWithAlice()
  const key = await signIn(simulator)

  expect(await signIn(simulator)).toBe(key)
})

it('is replaced by a later wx.login, and only the new one is valid', async () => {
  const simulator = await startWithAlice({ sessionKeyMinRefreshMs: 1000 })
  const old = await signIn(simulator)
  await simulator.control.advanceClock(1000)
  const current = await signIn(simulator)

  expect(current).not.toBe(old)
  expect(await simulator.control.checkSession({ ...alice, session_key: old })).toMatchObject({
    ok: false,
  })
  expect(await simulator.control.checkSession({ ...alice, session_key: current })).toEqual({
    ok: true,
    errMsg: 'checkSession:ok',
  })
})

it('ends when it is not used, and use prolongs it', async () => {
  const life = { sessionKeyTtlMs: 600_000, sessionKeyMinRefreshMs: 10_000_000 }
  const simulator = await startWithAlice(life)
  await signIn(simulator)
  await simulator.control.advanceClock(400_000)
  await signIn(simulator)
  await simulator.control.advanceClock(400_000)
  expect(await simulator.control.checkSession(alice)).toMatchObject({ ok: true })

  await simulator.control.advanceClock(200_000)
  expect(await simulator.control.checkSession(alice)).toEqual({
    ok: false,
    errMsg: 'checkSession:fail session expired',
  })
})

it('can be ended by WeChat of its own accord', async () => {
  const simulator = await startWithAlice()
  const key = await signIn(simulator)
  await simulator.control.endSession(alice)

  expect(await simulator.control.checkSession(alice)).toMatchObject({ ok: false })
  expect(await signIn(simulator)).not.toBe(key)
})

it('is not there before the first wx.login', async () => {
  const simulator = await startWithAlice()

  expect(await simulator.control.checkSession(alice)).toMatchObject({ ok: false })
})
