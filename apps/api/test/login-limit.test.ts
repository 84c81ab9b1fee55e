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
    return async (remoteAddress: string, forwarded?: string) => {
      const answer = await api.app.inject({
        method: 'POST',
        url: LOGIN,
        remoteAddress,
        payload: { code: 'no-such-code' },
        headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
      })
      return answer
    }
  }
  const errnosOf = async (answers: Promise<{ json(): { errno: number } }>[]) =>
    (await Promise.all(answers)).map((answer) => answer.json().errno)

  it('refuses an address that signs in too often, without a call to WeChat', async () => {
    const post = await start({ LOGIN_LIMIT_PER_IP: '3' })
    await errnosOf([post('10.0.0.1'), post('10.0.0.1'), post('10.0.0.1')])
    const asked = (await api.simulator.control.calls()).length

    const refused = await post('10.0.0.1')

    expect(refused.statusCode).toBe(429)
    expect(refused.json()).toEqual({ errno: 706, errmsg: '登录过于频繁，请稍后再试' })
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect((await api.simulator.control.calls()).length).toBe(asked)
    expect((await post('10.0.0.2')).json().errno).toBe(701)
  })

  it('counts an IPv6 network of /64 as one address', async () => {
    const post = await start({ LOGIN_LIMIT_PER_IP: '2' })
    const errnos = await errnosOf([post('2001:db8::1'), post('2001:db8::2'), post('2001:db8::3')])

    expect(errnos.sort()).toEqual([701, 701, 706])
    expect((await post('2001:db8:0:1::1')).json().errno).toBe(701)
  })

  it('counts all addresses together, except refused requests', async () => {
    const post = await start({ LOGIN_LIMIT_PER_IP: '1', LOGIN_LIMIT_TOTAL: '3' })
    await errnosOf(Array.from({ length: 5 }, () => post('10.0.0.1')))
    const errnos = await errnosOf(['2', '3', '4'].map((last) => post(`10.0.0.${last}`)))

    expect(errnos.sort()).toEqual([701, 701, 706])
  })

  it('ignores X-Forwarded-For by default', async () => {
    const post = await start({ LOGIN_LIMIT_PER_IP: '1' })
    await post('10.0.0.1', '1.1.1.1')

    expect((await post('10.0.0.1', '2.2.2.2')).json().errno).toBe(706)
  })

  it('takes the address from X-Forwarded-For only behind a proxy in TRUST_PROXY', async () => {
    const post = await start({ LOGIN_LIMIT_PER_IP: '1', TRUST_PROXY: '10.0.0.0/8' })
    await post('10.0.0.1', '1.1.1.1')

    expect((await post('10.0.0.1', '2.2.2.2')).json().errno).toBe(701)
    expect((await post('10.0.0.1', '9.9.9.9, 1.1.1.1')).json().errno).toBe(706)
    expect((await post('192.168.0.1', '3.3.3.3')).json().errno).toBe(701)
    expect((await post('192.168.0.1', '4.4.4.4')).json().errno).toBe(706)
  })

  it('ends with its window', async () => {
    const post = await start({ LOGIN_LIMIT_PER_IP: '1', LOGIN_LIMIT_WINDOW_MS: '300' })
    await post('10.0.0.1')
    expect((await post('10.0.0.1')).json().errno).toBe(706)

    await eventually(async () => (await post('10.0.0.1')).json().errno).toBe(701)
  })
})
