import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { drawToken } from './support/internal.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi } from './support/start-test-api.ts'

const RIGHT = drawToken()
const PATH = '/internal/wechat/access_token'
const ROUTE = `POST ${PATH}`
const WRONG = { statusCode: 401, errno: 501 }
const TOO_OFTEN = { statusCode: 429, errno: 706 }

describe('whoever guesses at the token of a service', () => {
  let api: TestApi
  beforeEach(async () => {
    api = await startTestApi({ env: { INTERNAL_TOKENS: `billing:${RIGHT}` } })
  })
  afterEach(() => api.close())

  const show = async (token: string | null, remoteAddress: string, id = 'guess-0001') => {
    const headers = {
      'x-request-id': id,
      ...(token === null ? {} : { 'x-oa-service-token': token }),
    }
    const answer = await api.app.inject({ method: 'POST', url: PATH, remoteAddress, headers })
    const { statusCode } = answer
    return { statusCode, errno: answer.json().errno, retryAfter: answer.headers['retry-after'] }
  }
  const events = () => {
    const database = new SQLite(join(api.folder, 'oa.db'), { readonly: true })
    const rows = database
      .prepare("SELECT * FROM login_event WHERE kind = 'service_refused' ORDER BY id")
      .all()
    database.close()
    return rows as Record<string, unknown>[]
  }
  const lines = () => api.logs.lines().filter(({ msg }) => msg === 'a service token was refused')

  it.each([
    ['with a token of nobody', drawToken()],
    ['with none', null],
    ['with nearly the right one', `${RIGHT}=`],
  ])(
    '%s leaves an event and a line: from where, at what, in which request',
    async (_how, token) => {
      expect(await show(token, '203.0.113.7')).toMatchObject(WRONG)

      expect(events()).toMatchObject([
        {
          outcome: 'UNLOGIN',
          user_id: null,
          session_id: null,
          ip: '203.0.113.7',
          user_agent: `unknown service: ${ROUTE}`,
          request_id: 'guess-0001',
        },
      ])
      expect(lines()).toMatchObject([
        { level: 'warn', reqId: 'guess-0001', ip: '203.0.113.7', method: 'POST', route: PATH },
      ])
    },
  )

  it('leaves nothing of what was shown, wherever it is looked for', async () => {
    const guess = drawToken()
    await show(guess, '203.0.113.7')
    await show(`${RIGHT}x`, '203.0.113.7')

    for (const text of [api.logs.text(), JSON.stringify(events())]) {
      for (const token of [guess, RIGHT]) expect(text.includes(token.slice(0, 16))).toBe(false)
    }
  })

  it('is told to wait after ten a minute, by address, and fills neither log nor database', async () => {
    const answers = []
    for (let guess = 0; guess < 15; guess += 1) answers.push(await show(drawToken(), '203.0.113.7'))

    expect(answers.slice(0, 10)).toEqual(Array(10).fill(expect.objectContaining(WRONG)))
    expect(answers.slice(10)).toEqual(Array(5).fill(expect.objectContaining(TOO_OFTEN)))
    expect(Number(answers.at(-1)?.retryAfter)).toBeGreaterThan(0)
    expect([events().length, lines().length]).toEqual([10, 10])
    expect(await show(drawToken(), '203.0.113.8')).toMatchObject(WRONG)
  })

  it('is told to wait however many addresses there are, IPv6 networks counting as one', async () => {
    for (let guess = 0; guess < 12; guess += 1) await show(null, `2001:db8::${guess}`)
    expect(events()).toHaveLength(10)
    for (let host = 1; host <= 120; host += 1) await show(drawToken(), `198.51.100.${host}`)

    expect(events()).toHaveLength(100)
    expect(await show(drawToken(), '203.0.113.9')).toMatchObject(TOO_OFTEN)
  })

  it('shuts no service out that has the right one, though it comes from the same address', async () => {
    for (let guess = 0; guess < 12; guess += 1) await show(drawToken(), '203.0.113.7')

    expect(await show(RIGHT, '203.0.113.7')).toMatchObject({ statusCode: 200, errno: 0 })
  })

  it('does not spend what people may sign in', async () => {
    for (let guess = 0; guess < 12; guess += 1) await show(drawToken(), '127.0.0.1')

    expect(await api.login({ code: await api.codeOf('bystander') })).toMatchObject({ errno: 0 })
  })
})
