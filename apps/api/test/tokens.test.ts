import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { forgeToken, readToken } from './support/forge-token.ts'
import type { TestApi } from './support/start-test-api.ts'
import { drawKeys, startTestApi } from './support/start-test-api.ts'

type Claims = Record<string, unknown>

const JWT_KEYS = drawKeys('new', 'old')
const [newKey, oldKey] = JWT_KEYS.split(',').map((entry) =>
  Buffer.from(entry.split(':')[1] ?? '', 'base64'),
) as [Buffer, Buffer]
const DAY_MS = 86_400_000

describe('a token', () => {
  let api: TestApi
  let token: string
  let header: Claims
  let payload: Claims

  beforeAll(async () => {
    api = await startTestApi({ env: { JWT_KEYS } })
    token = (await api.signIn('ming')).token
    ;({ header, payload } = readToken(token))
  })
  afterAll(() => api.close())
  afterEach(() => {
    vi.useRealTimers()
  })

  const forged = (changes: { header?: Claims; payload?: Claims }, key = newKey) =>
    forgeToken(
      { header: { ...header, ...changes.header }, payload: { ...payload, ...changes.payload } },
      key,
    )
  const expectRefused = async (text: string) => {
    const answer = await api.info(text)
    expect(answer).toMatchObject({ status: 401, errno: 501, errmsg: '请登录' })
    expect(answer.text).not.toContain('data')
  }

  it('contains only the header fields and claims that it needs', () => {
    expect(header).toEqual({ alg: 'HS256', typ: 'at+jwt', kid: 'new' })
    expect(Object.keys(payload).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'sid', 'sub'])
  })

  it('is accepted when it is rebuilt from the same parts and key', async () => {
    expect(await api.info(forged({}))).toMatchObject({ errno: 0 })
  })

  it.each([
    'none',
    'None',
    'nOnE',
    'RS256',
    'HS384',
    'HS512',
    'ES256',
    'EdDSA',
    '',
    null,
    5,
    ['HS256'],
    {},
  ])('is refused with alg %j', async (alg) => {
    await expectRefused(forged({ header: { alg } }))
    await expectRefused(`${forged({ header: { alg } }).split('.').slice(0, 2).join('.')}.`)
  })

  it.each([
    '../../dev/null',
    "' OR 1=1 --",
    'x'.repeat(10_240),
    'unknown',
    '__proto__',
    '',
    null,
    7,
    ['new'],
  ])('is refused with a kid that is not in the key ring', async (kid) => {
    await expectRefused(forged({ header: { kid } }))
  })

  it.each([
    { jku: 'http://127.0.0.1:1/keys' },
    { x5u: 'http://127.0.0.1:1/cert' },
    { jwk: { kty: 'oct', k: 'AAAA' } },
    { crit: ['exp'] },
    { crit: [] },
    { crit: ['b64'], b64: false },
    { typ: 'JWT' },
    { typ: 'rt+jwt' },
    { typ: undefined },
    { zip: 'DEF' },
  ])('is refused with the header %j', async (extra) => {
    await expectRefused(forged({ header: extra }))
  })

  it.each([null, [], 'text', 5, true].map((value) => [value]))(
    'is refused with the payload %j',
    async (value) => {
      await expectRefused(forgeToken({ header, payload: value }, newKey))
    },
  )

  it.each([
    { sub: {} },
    { sub: '' },
    { sub: 'x'.repeat(10_240) },
    { sub: '01938a5e-7c1d-7000-8000-00000000ffff' },
    { sid: ['a'] },
    { sid: '01938a5e-7c1d-7000-8000-00000000ffff' },
    { exp: undefined },
    { exp: 'tomorrow' },
    { exp: -1 },
    { exp: 1e308 },
    { exp: 1.5e9 + 0.5 },
    { nbf: 4e9 },
    { iat: undefined },
    { iat: 4e9, exp: 5e9 },
    { aud: 'another-service' },
    { aud: ['oa-mini-client'] },
    { iss: 'another-service' },
    { admin: true },
  ])('is refused with the claims %j', async (claims) => {
    await expectRefused(forged({ payload: claims }))
  })

  it('is refused when it is not signed with HS256 and the key of its kid', async () => {
    await expectRefused(forged({}, createHash('sha256').update('guess').digest()))
    await expectRefused(forged({}, oldKey))
    await expectRefused(
      forgeToken({ header: { ...header, alg: 'HS512' }, payload }, newKey, 'sha512'),
    )
  })

  it.each(['', ' ', 'garbage', '..', 'a.b', 'a.b.c', 'a.b.c.d', 'null', '请登录'.repeat(3)])(
    'is refused when it is malformed: %j',
    async (text) => {
      const answer = await api.app.inject({ url: '/wx/auth/info', headers: { 'x-oa-token': text } })
      expect([answer.statusCode, answer.json().errno]).toEqual([401, 501])
    },
  )

  it('is read from X-OA-Token only, and only as a single value', async () => {
    const bearer = { headers: { authorization: `Bearer ${token}`, cookie: `token=${token}` } }
    expect(await api.call('/wx/auth/info', bearer)).toMatchObject({ status: 401, errno: 501 })
    expect(await api.call(`/wx/auth/info?token=${token}`)).toMatchObject({ status: 401 })
    await expectRefused(`${token}, ${token}`)
    await expectRefused(`${token} ${token}`)
    await expectRefused(`${token},`)
  })

  it('is accepted when an older key of the ring signed it, and refused after that key is removed', async () => {
    expect(await api.info(forged({ header: { kid: 'old' } }, oldKey))).toMatchObject({ errno: 0 })
    await expectRefused(forged({ header: { kid: 'removed' } }, oldKey))
  })

  it('is refused after its session has ended, in any equivalent base64url spelling', async () => {
    const { token: ended } = await api.signIn('spelling')
    const last = ended.at(-1) ?? ''
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const sibling = alphabet[alphabet.indexOf(last) ^ 1] ?? ''
    const spelled = ended.slice(0, -1) + sibling
    await api.info(spelled)
    await api.logout(ended)

    await expectRefused(ended)
    await expectRefused(spelled)
  })

  it('expires to the second, even if it was verified before', async () => {
    const { token: short } = await api.signIn('expiring')
    const end = Number(readToken(short).payload.exp) * 1_000
    await api.info(short)

    vi.useFakeTimers({ toFake: ['Date'], now: end })
    await expectRefused(short)
  })

  it('is renewed when it is a day old, and not before', async () => {
    const { token: first } = await api.signIn('prolonged')
    const start = Date.now()
    vi.useFakeTimers({ toFake: ['Date'], now: start + DAY_MS - 60_000 })
    expect((await api.info(first)).headers.get('x-oa-token')).toBeNull()

    vi.setSystemTime(start + DAY_MS + 1_000)
    const fresh = (await api.info(first)).headers.get('x-oa-token') ?? ''
    expect(Number(readToken(fresh).payload.exp)).toBeGreaterThan(
      Number(readToken(first).payload.exp),
    )
    expect(readToken(fresh).payload.sid).toBe(readToken(first).payload.sid)
    const next = await api.info(fresh)
    expect([next.errno, next.headers.get('x-oa-token')]).toEqual([0, null])
  })

  it('is accepted from a node whose clock is up to 30 s ahead, and no further', async () => {
    const now = Math.floor(Date.now() / 1_000)
    expect(await api.info(forged({ payload: { iat: now + 25 } }))).toMatchObject({ errno: 0 })
    await expectRefused(forged({ payload: { iat: now + 40 } }))
  })
})
