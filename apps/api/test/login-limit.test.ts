import { afterEach, describe, expect, it } from 'vitest'
import { eventually } from './support/eventually.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi } from './support/start-test-api.ts'

const LOGIN = '/wx/auth/login_by_weixin'

describe('the limit on sign-ins', () => {
  let api: TestApi
  afterEach(() => api.close())

  const start = async (env: NodeJS.ProcessEnv) => {
    api = await startTestApi({ env })
    const post = (remoteAddress: string, code: string, forwarded?: string) =>
      api.app.inject({
        method: 'POST',
        url: LOGIN,
        remoteAddress,
        payload: { code },
        headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
      })
    let made = 0
    return {
      guess: (address: string, forwarded?: string) =>
        post(address, `no-such-code-${made++}`, forwarded),
      signIn: async (address: string, person: string) => post(address, await api.codeOf(person)),
    }
  }
  const errnosOf = async (answers: Promise<{ json(): { errno: number } }>[]) =>
    (await Promise.all(answers)).map((answer) => answer.json().errno)
  const errnoOf = async (answer: Promise<{ json(): { errno: number } }>) =>
    (await answer).json().errno

  it('refuses an address whose codes were refused too often, without a call to WeChat', async () => {
    const { guess, signIn } = await start({ LOGIN_LIMIT_REFUSED_PER_IP: '3' })
    await errnosOf([guess('10.0.0.1'), guess('10.0.0.1'), guess('10.0.0.1')])
    const asked = (await api.simulator.control.calls()).length

    const refused = await guess('10.0.0.1')

    expect(refused.statusCode).toBe(429)
    expect(refused.json()).toEqual({ errno: 706, errmsg: '登录过于频繁，请稍后再试' })
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect((await api.simulator.control.calls()).length).toBe(asked)
    expect(await errnoOf(guess('10.0.0.2'))).toBe(701)
    expect(await errnoOf(signIn('10.0.0.2', 'other-address'))).toBe(0)
  })

  it('lets an office behind one address sign in, three thousand a minute in production', async () => {
    const { signIn } = await start({ LOGIN_LIMIT_REFUSED_PER_IP: '3', LOGIN_LIMIT_PER_USER: '10' })
    for (let wave = 0; wave < 8; wave += 1) {
      const people = Array.from({ length: 10 }, (_, index) => `colleague-${wave}-${index}`)
      const errnos = await errnosOf(people.map((person) => signIn('10.0.0.1', person)))
      expect(errnos).toEqual(Array(10).fill(0))
    }
    expect(api.config.loginLimit.perAddress).toBeGreaterThanOrEqual(3_000)
  })

  it('bounds all sign-ins of one address', async () => {
    const { signIn } = await start({ LOGIN_LIMIT_PER_IP: '2' })
    const errnos = await errnosOf(['a', 'b', 'c'].map((person) => signIn('10.0.0.1', person)))

    expect(errnos.sort()).toEqual([0, 0, 706])
  })

  it('lets one person sign in ten times, from whatever address, and then no more', async () => {
    const { signIn } = await start({ LOGIN_LIMIT_PER_USER: '10' })
    const addresses = Array.from({ length: 11 }, (_, index) => `10.0.1.${index}`)

    const errnos = await errnosOf(addresses.map((address) => signIn(address, 'busy')))

    expect(errnos.sort((one, other) => one - other)).toEqual([...Array(10).fill(0), 706])
    expect(await errnoOf(signIn('10.0.1.0', 'somebody-else'))).toBe(0)
  })

  it('counts an IPv6 network of /64 as one address', async () => {
    const { guess } = await start({ LOGIN_LIMIT_PER_IP: '2' })
    const errnos = await errnosOf(['1', '2', '3'].map((last) => guess(`2001:db8::${last}`)))

    expect(errnos.sort()).toEqual([701, 701, 706])
    expect(await errnoOf(guess('2001:db8:0:1::1'))).toBe(701)
  })

  it('counts all addresses together, except requests that their address was refused for', async () => {
    const { guess } = await start({ LOGIN_LIMIT_PER_IP: '1', LOGIN_LIMIT_TOTAL: '3' })
    for (let round = 0; round < 5; round += 1) await guess('10.0.0.1')
    const errnos: number[] = []
    for (const last of ['2', '3', '4']) errnos.push(await errnoOf(guess(`10.0.0.${last}`)))

    expect(errnos).toEqual([701, 701, 706])
  })

  it('ignores X-Forwarded-For by default', async () => {
    const { guess } = await start({ LOGIN_LIMIT_PER_IP: '1' })
    await guess('10.0.0.1', '1.1.1.1')

    expect(await errnoOf(guess('10.0.0.1', '2.2.2.2'))).toBe(706)
  })

  it('takes the address from X-Forwarded-For only behind a proxy in TRUST_PROXY', async () => {
    const { guess } = await start({ LOGIN_LIMIT_PER_IP: '1', TRUST_PROXY: '10.0.0.0/8' })
    await guess('10.0.0.1', '1.1.1.1')

    expect(await errnoOf(guess('10.0.0.1', '2.2.2.2'))).toBe(701)
    expect(await errnoOf(guess('10.0.0.1', '9.9.9.9, 1.1.1.1'))).toBe(706)
    expect(await errnoOf(guess('192.168.0.1', '3.3.3.3'))).toBe(701)
    expect(await errnoOf(guess('192.168.0.1', '4.4.4.4'))).toBe(706)
  })

  it('ends with its window', async () => {
    const { guess } = await start({ LOGIN_LIMIT_PER_IP: '1', LOGIN_LIMIT_WINDOW_MS: '300' })
    await guess('10.0.0.1')
    expect(await errnoOf(guess('10.0.0.1'))).toBe(706)

    await eventually(() => errnoOf(guess('10.0.0.1'))).toBe(701)
  })
})
