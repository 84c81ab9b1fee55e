import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestApi } from './support/start-test-api.ts'
import { openidOf, startTestApi } from './support/start-test-api.ts'

const PATH = '/sns/jscode2session'

describe('concurrent requests', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await startTestApi()
  })
  afterAll(() => api.close())

  const callsSeen = async () => (await api.simulator.control.calls({ path: PATH })).length
  const times = <T>(count: number, run: (index: number) => Promise<T>) =>
    Promise.all(Array.from({ length: count }, (_, index) => run(index)))

  it('create one user from a hundred first sign-ins of one person', async () => {
    for (let round = 0; round < 3; round += 1) {
      const codes = await times(100, () => api.codeOf(`first-${round}`))
      const answers = await Promise.all(codes.map((code) => api.login({ code })))

      expect(new Set(answers.map(({ errno }) => errno))).toEqual(new Set([0]))
      const names = new Set(answers.map(({ data }) => data.userInfo.nickName))
      expect(names.size).toBe(1)
      const live = await Promise.all(answers.map(({ data }) => api.info(data.token)))
      expect(live.filter(({ errno }) => errno === 0)).toHaveLength(10)
    }
  })

  it('with the same code and body call WeChat once and share the session', async () => {
    const code = await api.codeOf('double-tap')
    const before = await callsSeen()
    await api.simulator.control.addFault({ path: PATH, latencyMs: 100 })

    const answers = await times(10, () => api.login({ code }))

    expect(await callsSeen()).toBe(before + 1)
    expect(answers.map(({ errno }) => errno)).toEqual(Array(10).fill(0))
    const token = answers[0]?.data.token ?? ''
    expect((await api.sessions(token)).data.sessions).toHaveLength(1)
  })

  it('with the same code, some before and some after it was used, call WeChat once', async () => {
    const code = await api.codeOf('twenty-posts')
    const before = await callsSeen()

    const errnos = new Set<number>()
    for (let wave = 0; wave < 4; wave += 1) {
      const answers = await times(5, () => api.login({ code }))
      for (const { errno } of answers) errnos.add(errno)
    }

    expect(await callsSeen()).toBe(before + 1)
    expect([...errnos]).toEqual([0, 701])
  })

  it('with a code that WeChat refuses call it once', async () => {
    const before = await callsSeen()
    for (let wave = 0; wave < 4; wave += 1) {
      const answers = await times(5, () => api.login({ code: 'refused-by-wechat' }))
      for (const { errno } of answers) expect(errno).toBe(701)
    }
    expect(await callsSeen()).toBe(before + 1)
  })

  it('with the same code and different bodies get one session and one refusal', async () => {
    const code = await api.codeOf('victim')
    await api.simulator.control.addFault({ path: PATH, latencyMs: 200 })

    const [first, other] = await Promise.all([
      api.login({ code }),
      api.login({ code, deviceId: 'another-device' }),
    ])

    const errnos = [first.errno, other.errno].sort()
    expect(errnos).toEqual([0, 701])
  })

  it('to sign in leave no live session of a user who is frozen at the same time', async () => {
    for (let round = 0; round < 10; round += 1) {
      const person = `racer-${round}`
      await api.signIn(person)
      const openid = await openidOf(api, person)
      const name = { appId: api.config.wechat.apps[0].appId, openid }
      const codes = await times(4, () => api.codeOf(person))

      const [answers] = await Promise.all([
        Promise.all(codes.map((code) => api.login({ code }))),
        api.accounts.freeze(name),
      ])

      for (const { errno, data } of answers) {
        expect([0, 704]).toContain(errno)
        if (errno === 0) expect(await api.info(data.token)).toMatchObject({ errno: 704 })
      }
    }
  })
})
