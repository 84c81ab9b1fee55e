import { describe, expect, it } from 'vitest'
import type { SimulatorOptions } from '../src/index.ts'
import { APP, useSimulator } from './support.ts'

const start = useSimulator()
const MINUTE = 60_000
const HOUR = 60 * MINUTE

interface TokenReply {
  access_token: string
  expires_in: number
  errcode?: number
  errmsg?: string
}

const startTokens = async (options: SimulatorOptions = {}) => {
  const { url, control } = await start(options)
  const json = async (path: string, init?: RequestInit) =>
    (await (await fetch(`${url}${path}`, init)).json()) as TokenReply

  return {
    url,
    control,
    token: (change: Record<string, string> = {}) => {
      const query = { grant_type: 'client_credential', ...APP, ...change }
      return json(`/cgi-bin/token?${new URLSearchParams(query)}`)
    },
    stable: (change: object = {}) => {
      const body = { grant_type: 'client_credential', ...APP, ...change }
      return json('/cgi-bin/stable_token', { method: 'POST', body: JSON.stringify(body) })
    },
    /** The errcode of a call with the token; 40097 is what a good token gets here. */
    use: async (accessToken: string) =>
      (await json(`/wxa/checksession?${new URLSearchParams({ access_token: accessToken })}`))
        .errcode,
  }
}

describe('cgi-bin/token', () => {
  it('answers a new token each time, and both work for five minutes', async () => {
    const { token, use, control } = await startTokens()
    const first = await token()
    const second = await token()

    expect(first).toEqual({ access_token: expect.any(String), expires_in: 7200 })
    expect(second.access_token).not.toBe(first.access_token)
    expect([await use(first.access_token), await use(second.access_token)]).toEqual([40097, 40097])
    await control.advanceClock(5 * MINUTE)
    expect([await use(first.access_token), await use(second.access_token)]).toEqual([40001, 40097])
  })

  it('ends after two hours with 42001', async () => {
    const { token, use, control } = await startTokens()
    const { access_token } = await token()
    await control.advanceClock(2 * HOUR)

    expect(await use(access_token)).toBe(42001)
  })

  it.each([
    [40002, { grant_type: 'authorization_code' }],
    [41002, { appid: '' }],
    [41004, { secret: '' }],
    [40013, { appid: 'wx0' }],
    [40125, { secret: 'wrong' }],
  ])('answers %i for %o', async (errcode, change) => {
    const { token, stable } = await startTokens()

    expect(await token(change)).toMatchObject({ errcode })
    expect(await stable(change)).toMatchObject({ errcode })
  })

  it.each([
    [{ ipWhitelist: ['1.2.3.4'] }, 40164, 'invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whi'],
    [{ secretFrozen: true }, 40243, 'AppSecret has been frozen'],
    [{ tokenRefusal: 89501 }, 89501, 'wait for the administrator'],
    [{ tokenRefusal: 89503 }, 89503, 'administrator'],
    [{ tokenRefusal: 89506 }, 89506, 'retry in 24 hours'],
    [{ tokenRefusal: 89507 }, 89507, 'retry in 1 hour'],
    [{ banned: true }, 50007, 'frozen'],
    [{ tokenRefusal: 50004 }, 50004, 'forbidden'],
  ])('is refused to an app with %o', async (traits, errcode, errmsg) => {
    const { token, stable, control } = await startTokens()
    await control.changeApp({ appid: APP.appid, ...traits })

    expect(await token()).toMatchObject({ errcode, errmsg: expect.stringContaining(errmsg) })
    expect(await stable()).toMatchObject({ errcode })
  })

  it('is answered to an address on the white-list', async () => {
    const { token, control } = await startTokens()
    await control.changeApp({ appid: APP.appid, ipWhitelist: ['1.2.3.4', '127.0.0.1'] })

    expect(await token()).toHaveProperty('access_token')
  })
})

describe('cgi-bin/stable_token', () => {
  it('answers the same token until five minutes before its end; then both work', async () => {
    const { stable, use, control } = await startTokens()
    const first = await stable()
    await control.advanceClock(HOUR)
    const same = await stable()
    expect(same.access_token).toBe(first.access_token)
    expect(same.expires_in).toBeLessThanOrEqual(3600)

    await control.advanceClock(HOUR - 5 * MINUTE)
    const next = await stable()
    expect(next.access_token).not.toBe(first.access_token)
    expect(next.expires_in).toBe(7200)
    expect([await use(first.access_token), await use(next.access_token)]).toEqual([40097, 40097])
    await control.advanceClock(5 * MINUTE)
    expect([await use(first.access_token), await use(next.access_token)]).toEqual([42001, 40097])
  })

  it('is isolated from cgi-bin/token', async () => {
    const { token, stable, use, control } = await startTokens()
    const plain = await token()
    const kept = await stable()
    await token()
    await stable({ force_refresh: true })
    await control.advanceClock(4 * MINUTE)

    expect([await use(plain.access_token), await use(kept.access_token)]).toEqual([40097, 40097])
  })

  it('with force_refresh ends the old token at once', async () => {
    const { stable, use, control } = await startTokens()
    const old = await stable()
    await control.advanceClock(30_000)
    const fresh = await stable({ force_refresh: true })

    expect([await use(old.access_token), await use(fresh.access_token)]).toEqual([40001, 40097])
  })

  it('with force_refresh answers the same token within 30 s', async () => {
    const { stable } = await startTokens()
    const first = await stable({ force_refresh: true })

    expect((await stable({ force_refresh: true })).access_token).toBe(first.access_token)
  })

  it('answers 45009 to the 21st force_refresh of a day, not to a normal call', async () => {
    const { stable, control } = await startTokens()
    for (let call = 0; call < 20; call += 1) {
      expect(await stable({ force_refresh: true })).toHaveProperty('access_token')
    }
    expect(await stable({ force_refresh: true })).toMatchObject({ errcode: 45009 })
    expect(await stable()).toHaveProperty('access_token')
    await control.advanceClock(24 * HOUR)
    expect(await stable({ force_refresh: true })).toHaveProperty('access_token')
  })

  it('answers 43002 to GET and 47001 to what is not a JSON object', async () => {
    const { url } = await startTokens()
    const path = `${url}/cgi-bin/stable_token`
    const ask = async (init?: RequestInit) => (await fetch(path, init)).json()

    expect(await ask()).toMatchObject({ errcode: 43002 })
    for (const body of ['appid=1', '[]', 'null', '{']) {
      expect(await ask({ method: 'POST', body })).toMatchObject({ errcode: 47001 })
    }
    expect(await ask({ method: 'POST' })).toMatchObject({ errcode: 44002 })
  })
})

describe('an access_token', () => {
  it.each([
    [41001, ''],
    [40014, 'short'],
    [40001, `90_${'x'.repeat(136)}`],
  ])('that is wrong is answered %i', async (errcode, text) => {
    const { use } = await startTokens()

    expect(await use(text)).toBe(errcode)
  })

  it('that is wrong is answered with the Content-Type of WeChat and a request id', async () => {
    const { url } = await startTokens()
    const response = await fetch(`${url}/wxa/checksession`)

    expect(response.headers.get('content-type')).toBe('application/json; encoding=utf-8')
    expect(await response.json()).toEqual({
      errcode: 41001,
      errmsg: expect.stringMatching(/^access_token missing rid: [0-9a-f]{8}(-[0-9a-f]{8}){2}$/),
    })
  })

  it('gives no access to denied or withdrawn endpoints, nor to a banned account', async () => {
    const { stable, use, control } = await startTokens()
    const { access_token } = await stable()
    await control.changeApp({ appid: APP.appid, deniedPaths: ['/wxa/checksession'] })
    expect(await use(access_token)).toBe(48001)
    await control.changeApp({
      appid: APP.appid,
      deniedPaths: [],
      forbiddenPaths: ['/wxa/checksession'],
    })
    expect(await use(access_token)).toBe(48004)

    await control.changeApp({ appid: APP.appid, banned: true })
    expect(await use(access_token)).toBe(50002)
  })

  it('is never shown by the control API, nor is a push token', async () => {
    const { stable, use, control, url } = await startTokens()
    const { access_token } = await stable()
    const push = { url: 'http://127.0.0.1:1/', token: 'hidden-push-token' }
    await control.changeApp({ appid: APP.appid, push })
    await use(access_token)
    const shown = JSON.stringify([
      await control.calls(),
      await control.apps(),
      await (await fetch(`${url}/_control/state`)).json(),
    ])

    expect(shown).not.toContain(access_token)
    expect(shown).not.toContain('hidden-push-token')
  })
})
