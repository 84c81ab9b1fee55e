import fc from 'fast-check'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi } from './support/start-test-api.ts'

const RUNS = { numRuns: 150 }
const LOGIN = '/wx/auth/login_by_weixin'

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '\ud800', '😀'),
)
const near = <T>(right: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 3, arbitrary: right }, { weight: 1, arbitrary: fc.jsonValue() })
const userInfo = fc.record(
  {
    nickName: near(text),
    avatarUrl: near(fc.oneof(fc.webUrl(), text)),
    gender: near(fc.constantFrom(0, 1, 2)),
    country: near(text),
    province: near(text),
    city: near(text),
    language: near(fc.constantFrom('zh_CN', 'en')),
    is_demote: near(fc.boolean()),
  },
  { requiredKeys: [] },
)
const loginBody = fc.record(
  {
    code: near(text),
    userInfo: near(userInfo),
    deviceId: near(fc.stringMatching(/^[A-Za-z0-9_-]{8,64}$/)),
    deviceName: near(text),
  },
  { requiredKeys: [] },
)

describe('random input', () => {
  let api: TestApi
  let token: string
  beforeAll(async () => {
    api = await startTestApi()
    token = (await api.signIn('fuzzed')).token
  })
  afterAll(() => api.close())

  const expectEnvelope = async (request: InjectOptions) => {
    const answer = await api.app.inject(request)
    expect(answer.statusCode).toBeLessThan(500)
    const { errno, errmsg, data } = answer.json()
    expect(Number.isInteger(errno)).toBe(true)
    expect(typeof errmsg).toBe('string')
    expect(data === undefined).toBe(errno !== 0)
  }
  const post = (payload: string | Buffer) =>
    expectEnvelope({
      method: 'POST',
      url: LOGIN,
      payload,
      headers: { 'content-type': 'application/json' },
    })

  it('as a sign-in gets an envelope, and never a 5xx', async () => {
    await fc.assert(
      fc.asyncProperty(loginBody, (body) => post(JSON.stringify(body))),
      RUNS,
    )
  })

  it('as JSON gets an envelope, and never a 5xx', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 12 }), (body) => post(body)),
      RUNS,
    )
  })

  it('as bytes gets an envelope, and never a 5xx', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), (body) => post(Buffer.from(body))),
      RUNS,
    )
  })

  it('as a session id gets an envelope, and never a 5xx', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uuid(), fc.string({ minLength: 1 })), (id) =>
        expectEnvelope({
          method: 'DELETE',
          url: `/wx/auth/sessions/${encodeURIComponent(id)}`,
          headers: { 'x-oa-token': token },
        }),
      ),
      RUNS,
    )
  })

  it('as a token gets UNLOGIN', async () => {
    const parts = token.split('.')
    const mutated = fc
      .record({ part: fc.nat(2), at: fc.nat(400), char: fc.constantFrom(...'AZaz09-_.=+/ ,') })
      .map(({ part, at, char }) => {
        const text = parts[part] ?? ''
        const index = at % text.length
        const changed = text.slice(0, index) + char + text.slice(index + 1)
        return changed === text ? '' : parts.with(part, changed).join('.')
      })
    // The last base64url character of a signature has two unused bits.
    const meaningful = mutated.filter((candidate) => candidate.slice(0, -1) !== token.slice(0, -1))
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(meaningful, fc.string({ unit: 'grapheme-ascii' })),
        async (text) => {
          const answer = await api.app.inject({
            url: '/wx/auth/info',
            headers: { 'x-oa-token': text },
          })
          expect([answer.statusCode, answer.json().errno]).toEqual([401, 501])
        },
      ),
      RUNS,
    )
  })

  it('as a path gets an envelope, and never a 5xx', async () => {
    const segment = fc.oneof(
      fc.constantFrom('wx', 'auth', 'info', '..', '%2e', '%00', '%'),
      fc.webSegment(),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(segment, { maxLength: 6 }), async (segments) => {
        const answer = await api.app.inject(`/${segments.join('/')}`)
        expect(answer.statusCode).toBeLessThan(500)
        if (!answer.statusCode.toString().startsWith('3')) {
          expect(Number.isInteger(answer.json().errno)).toBe(true)
        }
      }),
      RUNS,
    )
  })
})
