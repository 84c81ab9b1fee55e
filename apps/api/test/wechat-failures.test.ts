import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultInput } from '@oa/wechat-simulator'
import SQLite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi } from './support/start-test-api.ts'

const PATH = '/sns/jscode2session'
const MISCONFIGURED = { status: 500, errno: 502 }
const UNAVAILABLE = { status: 503, errno: 702 }

const identity = (openid: string) =>
  JSON.stringify({ openid, session_key: 'tiihtNczf5v6AKRyjwEUhQ==' })

describe('a sign-in that WeChat answers', () => {
  let api: TestApi
  beforeEach(async () => {
    api = await startTestApi({ expectErrors: [/WX_APPID/, /quota/] })
  })
  afterEach(() => api.close())

  const loginWith = async (fault: Omit<FaultInput, 'path'>) => {
    const code = await api.codeOf('ming')
    await api.simulator.control.addFault({ path: PATH, times: 0, ...fault })
    return api.login({ code })
  }

  it.each([
    [40029, { status: 401, errno: 701 }, null],
    [40163, { status: 401, errno: 701 }, null],
    [40226, { status: 403, errno: 703 }, null],
    [45011, { status: 429, errno: 706 }, '60'],
    [45009, UNAVAILABLE, expect.any(String)],
    [-1, UNAVAILABLE, expect.any(String)],
    [40013, MISCONFIGURED, null],
    [40125, MISCONFIGURED, null],
    [41002, MISCONFIGURED, null],
    [41004, MISCONFIGURED, null],
    [40002, MISCONFIGURED, null],
    [41008, { status: 401, errno: 701 }, null],
    [99999, MISCONFIGURED, null],
  ])(
    'with errcode %i gets the errno for it, and no text of WeChat',
    async (errcode, expected, retryAfter) => {
      const answer = await loginWith({ errcode, errmsg: 'upstream text, rid: 65f0-aaaa' })

      expect(answer).toMatchObject(expected)
      expect(answer.headers.get('retry-after')).toEqual(retryAfter)
      expect(answer.text).not.toMatch(/upstream|rid|errcode/)
      expect(answer.data).toBeUndefined()
    },
  )

  it.each<[string, Omit<FaultInput, 'path'>]>([
    ['an HTML page', { html: true }],
    ['a server error', { status: 502, body: 'Bad Gateway' }],
    ['a redirect', { status: 302 }],
    ['an empty body', { status: 200, body: '' }],
    ['a truncated body', { truncate: true }],
    ['a connection reset', { reset: true }],
    ['an oversized body', { oversizeBytes: 10_000_000 }],
    ['wrong types', { wrongTypes: true }],
    [
      'an openid with a line feed and a quote',
      { status: 200, body: '{"openid":"o\\n\\"x","session_key":"k"}' },
    ],
    ['a long openid', { status: 200, body: identity('o'.repeat(10_240)) }],
    ['an openid with a quote', { status: 200, body: identity(`o' OR 1=1 -- `) }],
    ['an empty openid', { status: 200, body: identity('') }],
    ['an openid of another type', { status: 200, body: '{"openid":["o"],"session_key":1}' }],
    ['an array', { status: 200, body: '[]' }],
    ['no session_key', { status: 200, body: '{"openid":"o6_bmasdasdsad6_2sgVt7hMZOPf"}' }],
    ['no openid', { status: 200, body: '{"session_key":"tiihtNczf5v6AKRyjwEUhQ=="}' }],
  ])('with %s gets 503 and Retry-After', async (_what, fault) => {
    const answer = await loginWith(fault)

    expect(answer).toMatchObject(UNAVAILABLE)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('with silence gets 503 before the client times out', async () => {
    const answer = await loginWith({ stallAfterConsuming: true })
    expect(answer).toMatchObject(UNAVAILABLE)
  })

  it('with errcode 40125 (AppSecret refused) is logged as an error once, and /readyz says why', async () => {
    await loginWith({ errcode: 40125 })
    await api.login({ code: await api.codeOf('hong') })

    const errors = api.logs.lines().filter(({ level }) => level === 'error')
    expect(errors).toHaveLength(1)
    expect(errors[0]).toMatchObject({ err: { message: expect.stringContaining('40125') } })
    const ready = await api.call('/readyz')
    expect([ready.status, ready.errmsg]).toEqual([200, 'degraded'])
    expect(ready.text).toContain('"wechat":"misconfigured"')
  })

  it('with errcode 45009 (daily quota spent) is logged as an error once', async () => {
    await loginWith({ errcode: 45009 })
    await api.login({ code: await api.codeOf('hong') })

    const errors = api.logs.lines().filter(({ level }) => level === 'error')
    expect(errors).toMatchObject([{ msg: expect.stringContaining('quota of WeChat is spent') }])
  })

  it.each([40226, 40029, 45011, -1])(
    'with errcode %i creates no user and no session',
    async (errcode) => {
      await loginWith({ errcode })

      const database = new SQLite(join(api.folder, 'oa.db'), { readonly: true })
      const counts = ['wx_user', 'wx_session'].map((table) =>
        database.prepare(`SELECT COUNT(*) FROM ${table}`).pluck().get(),
      )
      database.close()
      expect(counts).toEqual([0, 0])
    },
  )

  it('with errcode -1 only once succeeds on the retry', async () => {
    expect(await loginWith({ errcode: -1, times: 1 })).toMatchObject({ errno: 0 })
  })

  it('with an openid and errcode 0 succeeds', async () => {
    const body = JSON.stringify({ ...JSON.parse(identity(`o${'a'.repeat(27)}`)), errcode: 0 })
    expect(await loginWith({ status: 200, body })).toMatchObject({ errno: 0 })
  })

  it('repeatedly with errcode -1 does not affect signed-in users', async () => {
    const { token } = await api.signIn('signed-in')
    for (let attempt = 0; attempt < 8; attempt += 1) await loginWith({ errcode: -1 })

    expect(await api.info(token)).toMatchObject({ errno: 0 })
    expect((await api.call('/readyz')).text).toContain('"wechat":"down"')
  })

  it('with errcode 40226 leaves a log line with status and errno', async () => {
    await loginWith({ errcode: 40226 })
    expect(api.logs.lines().at(-1)).toMatchObject({ errno: 703, status: 403 })
  })
})

/** A refused connection and its one retry take at most 1.2 s; the rest allows for a busy machine. */
const REFUSED_WITHIN_MS = 2_000

describe('a sign-in where WeChat cannot be reached', () => {
  it.each([
    ['nothing listens at the address', 'http://127.0.0.1:9'],
    ['the host name is unknown', 'https://wechat.invalid'],
  ])('soon gets 503, and /readyz says why, because %s', async (_why, WX_API_BASE) => {
    const api = await startTestApi({ env: { WX_API_BASE } })
    const timer = sleep(REFUSED_WITHIN_MS, 'too late' as const)

    const answer = await Promise.race([api.login({ code: 'any-code' }), timer])

    expect(answer).toMatchObject(UNAVAILABLE)
    expect((await api.call('/readyz')).text).toContain('"wechat":"down"')
    await api.close()
  })
})
