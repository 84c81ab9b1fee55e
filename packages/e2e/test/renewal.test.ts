import { describe, expect, it } from 'vitest'
import { CENTRE, HOME_PATH, LOGIN_PATH, MINE_PATH, PROFILE_PATH } from './support/pages.ts'
import { APP_ID } from './support/project.ts'
import { until } from './support/until.ts'
import { useWorld } from './support/world.ts'

describe('a session that ended', () => {
  const world = useWorld()

  it('is renewed at the next start, before any tap', async () => {
    const { phone, gate, api, person } = world
    const old = await world.signIn('晓雯')
    const elsewhere = await api.signInElsewhere(person)
    await api.logout(old)
    expect((await api.sessions(elsewhere)).data.sessions).toHaveLength(1)
    gate.reset()
    await world.restart()

    await phone.sees('.greeting', '晓雯')
    const token = await until('a new token', async () => {
      const stored = await phone.stored('token')
      return stored !== old && String(stored)
    })
    expect(await api.sessions(token)).toMatchObject({ errno: 0 })
    expect((await api.sessions(elsewhere)).data.sessions).toHaveLength(2)
    expect(gate.to(LOGIN_PATH)).toHaveLength(1)
  })

  it('is renewed without sending the old token when its expiry is known', async () => {
    const { phone, gate } = world
    const old = await world.signIn()
    const past = new Date(Date.now() - 1000).toISOString()
    await phone.program().callWxMethod('setStorageSync', 'tokenExpire', past)
    gate.reset()
    await world.restart()

    await until('a new token', async () => (await phone.stored('token')) !== old)
    const read = (path: string) => until(path, async () => gate.to(path)[0]?.status)
    await read('/wx/auth/info')
    await read(MINE_PATH)
    expect(gate.passages[0]).toMatchObject({ path: LOGIN_PATH, status: 200 })
    const others = gate.passages.filter(({ path }) => path !== HOME_PATH)
    expect(others.map(({ path, status }) => [path, status]).sort()).toEqual([
      ['/wx/auth/info', 200],
      [LOGIN_PATH, 200],
      [MINE_PATH, 200],
    ])
    expect(gate.passages.map(({ token }) => token)).not.toContain(old)
  })

  it('of WeChat alone is renewed at the next start, by one sign-in and without a word', async () => {
    const { phone, gate, wechat, person } = world
    const old = await world.signIn('晓雯')
    await wechat.endSession({ appid: APP_ID, person })
    gate.reset()
    await world.restart()
    if (phone.canClose) {
      await until('a new token', async () => (await phone.stored('token')) !== old)
      expect(gate.to(LOGIN_PATH)).toMatchObject([{ status: 200 }])
    }

    await phone.sees('.greeting', '晓雯')
    await phone.seesNo(['failure-card', '.box'])
  })

  it('is renewed silently, and the refused request repeated', async () => {
    const { phone, gate, api } = world
    const old = await world.signIn('晓雯')
    await api.logout(old)
    gate.reset()
    await phone.open(CENTRE)

    await phone.sees('.device-count', '台')
    await phone.sees('.name', '晓雯')
    await phone.seesNo(['failure-card', '.box'])
    const answers = gate.to(PROFILE_PATH)
    expect(answers.map(({ status }) => status)).toEqual([401, 200])
    expect(answers[0]?.token).toBe(old)
    expect(answers[1]?.token).not.toBe(old)
    expect(gate.to(LOGIN_PATH)).toHaveLength(1)
  })

  it('is renewed by one wx.login for ten requests at once', async () => {
    const { phone, gate, api } = world
    const old = await world.signIn()
    await phone.open(CENTRE)
    await phone.sees('.device-count', '台')
    await api.logout(old)
    const before = await world.signIns()
    gate.reset()
    await phone.program().evaluate(loadTenTimes)

    await until('ten answers', async () => {
      const asked = gate.to(PROFILE_PATH)
      return asked.filter(({ status }) => status === 200).length === 10
    })
    expect(gate.passages.filter(({ status }) => status === 401)).toHaveLength(10)
    expect(gate.to(LOGIN_PATH)).toHaveLength(1)
    expect((await world.signIns()) - before).toBe(1)
    await phone.sees('.device-count', '台')
  })
})

declare const getCurrentPages: () => { loading: boolean; load(): Promise<void> }[]

/** As if ten things on the page asked at once. */
const loadTenTimes = () => {
  const [centre] = getCurrentPages()
  if (!centre) return
  for (let time = 0; time < 10; time += 1) {
    centre.loading = false
    void centre.load()
  }
}
