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

describe('guessing at service tokens', () => {
  let api: TestApi
  beforeEach(async () => {
    api = await startTestApi({ env: { INTERNAL_TOKENS: `billing:${RIGHT}` } })
  })
  afterEach(() => api.close())

  const callWith = async (token: string | null, remoteAddress: string, id = 'guess-0001') => {
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
    ['an unknown token', drawToken()],
    ['no token', null],
    ['nearly the right token', `${RIGHT}=`],
  ])(
    'leaves a login event and a log line with address, route and request id: %s',
    async (_how, token) => {
      expect(await callWith(token, '203.0.113.7')).toMatchObject(WRONG)

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

  it('leaves no part of a token in log or database', async () => {
    const guess = drawToken()
    await callWith(guess, '203.0.113.7')
    await callWith(`${RIGHT}x`, '203.0.113.7')

    for (const text of [api.logs.text(), JSON.stringify(events())]) {
      for (const token of [guess, RIGHT]) expect(text.includes(token.slice(0, 16))).toBe(false)
    }
  })

  it('is limited to ten a minute per address, and fills neither log nor database', async () => {
    const answers = []
    for (let guess = 0; guess < 15; guess += 1)
      answers.push(await callWith(drawToken(), '203.0.113.7'))

    expect(answers.slice(0, 10)).toEqual(Array(10).fill(expect.objectContaining(WRONG)))
    expect(answers.slice(10)).toEqual(Array(5).fill(expect.objectContaining(TOO_OFTEN)))
    expect(Number(answers.at(-1)?.retryAfter)).toBeGreaterThan(0)
    expect([events().length, lines().length]).toEqual([10, 10])
    expect(await callWith(drawToken(), '203.0.113.8')).toMatchObject(WRONG)
  })

  it('is limited across all addresses, and counts an IPv6 network as one address', async () => {
    for (let guess = 0; guess < 12; guess += 1) await callWith(null, `2001:db8::${guess}`)
    expect(events()).toHaveLength(10)
    for (let host = 1; host <= 120; host += 1) await callWith(drawToken(), `198.51.100.${host}`)

    expect(events()).toHaveLength(100)
    expect(await callWith(drawToken(), '203.0.113.9')).toMatchObject(TOO_OFTEN)
  })

  it('does not lock out a service with the right token at the same address', async () => {
    for (let guess = 0; guess < 12; guess += 1) await callWith(drawToken(), '203.0.113.7')

    expect(await callWith(RIGHT, '203.0.113.7')).toMatchObject({ statusCode: 200, errno: 0 })
  })

  it('does not count towards the limit on sign-ins', async () => {
    for (let guess = 0; guess < 12; guess += 1) await callWith(drawToken(), '127.0.0.1')

    expect(await api.login({ code: await api.codeOf('bystander') })).toMatchObject({ errno: 0 })
  })
})
