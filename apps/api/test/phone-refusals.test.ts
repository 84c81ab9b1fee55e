import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { PHONE_FAULTS, phoneTools } from './support/phone.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi, TEST_APP } from './support/start-test-api.ts'

const PATH = '/wxa/business/getuserphonenumber'
const INVALID = { status: 400, errno: 718, errmsg: '手机号验证已失效，请重新授权' }
const FRESH_MS = 5 * 60_000

describe('the route that binds a phone number', () => {
  let api: TestApi
  let phones: ReturnType<typeof phoneTools>
  beforeAll(async () => {
    api = await startTestApi({
      env: { PHONE_BUDGET_PER_PERSON: '50' },
      expectErrors: [/quota of WeChat/],
    })
    phones = phoneTools(api)
  })
  afterAll(() => api.close())
  afterEach(async () => {
    vi.useRealTimers()
    await api.simulator.control.clearFaults()
  })

  it('refuses a code that is unknown, used in another session, or of another user or app, and binds nothing', async () => {
    const earlier = await phones.signInWithPhone('thief', '13900000007')
    const { token } = await api.signIn('thief')
    await phones.signInWithPhone('victim', '13900000008')
    const used = (await phones.tap('thief')).code
    await phones.bind(earlier, { code: used })
    const stolen = (await phones.tap('victim')).code
    const { code: loginCode } = await api.simulator.control.login({
      appid: TEST_APP.appid,
      person: 'thief',
    })

    for (const code of ['no-such-code', used, stolen, loginCode]) {
      expect(await phones.bind(token, { code })).toMatchObject(INVALID)
    }
    await api.simulator.control.addFault({ path: PATH, errcode: 40013 })
    expect(await phones.bindByCode(token, 'thief')).toMatchObject(INVALID)
    await api.simulator.control.addFault({ path: PATH, status: 200, body: OTHER_APP })
    expect(await phones.bindByCode(token, 'thief')).toMatchObject(INVALID)
    expect(await phones.mobileOf(token)).toBe('139******07')
  })

  it('answers every invalid encryptedData with the same bytes', async () => {
    const token = await phones.signInWithPhone('tamperer', '13900000009')
    await phones.signInWithPhone('bystander', '13900000010')
    const own = await phones.tap('tamperer')
    const foreign = await phones.tap('bystander')
    const bytes = Buffer.from(own.encryptedData, 'base64')
    const flipped = (at: number) => {
      const copy = Buffer.from(bytes)
      copy[at] = (copy[at] ?? 0) ^ 1
      return copy.toString('base64')
    }
    const { encryptedData: profile, iv: profileIv } = await api.simulator.control.userInfo({
      appid: TEST_APP.appid,
      person: 'tamperer',
    })
    const attempts = [
      { encryptedData: foreign.encryptedData, iv: foreign.iv },
      { encryptedData: own.encryptedData, iv: foreign.iv },
      { encryptedData: flipped(bytes.length - 1), iv: own.iv },
      { encryptedData: flipped(20), iv: own.iv },
      { encryptedData: bytes.subarray(0, 32).toString('base64'), iv: own.iv },
      { encryptedData: 'AAAA', iv: own.iv },
      { encryptedData: own.encryptedData, iv: 'AAAA' },
      { encryptedData: profile, iv: profileIv },
    ]
    const answers = []
    for (const attempt of attempts) answers.push(await phones.bind(token, attempt))

    expect(answers[0]).toMatchObject(INVALID)
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(await phones.mobileOf(token)).toBeNull()
  })

  it('refuses encryptedData that is older than five minutes', async () => {
    const start = Date.now()
    vi.useFakeTimers({ toFake: ['Date'], now: start })
    await phones.signInWithPhone('stale', '13900000011')
    const { encryptedData, iv } = await phones.tap('stale')
    vi.setSystemTime(start + FRESH_MS + 2_000)
    const { token } = await api.signIn('stale')

    expect(await phones.bind(token, { encryptedData, iv })).toMatchObject(INVALID)
  })

  it('refuses encryptedData of a session_key that the session does not have', async () => {
    const token = await phones.signInWithPhone('rekeyed', '13900000012')
    await api.simulator.control.endSession({ appid: TEST_APP.appid, person: 'rekeyed' })
    await api.codeOf('rekeyed')
    const { encryptedData, iv } = await phones.tap('rekeyed')

    expect(await phones.bind(token, { encryptedData, iv })).toMatchObject(INVALID)
  })

  it.each([
    {},
    { iv: 'r7BXXKkLb8qrSNn05n0qiA==' },
    { encryptedData: 'AAAA' },
    { code: 'x', encryptedData: 'AAAA', iv: 'AAAA' },
    { code: 'x', openid: 'oSomebodyElse' },
    { code: 'x', mobile: '13900000000' },
    { code: '' },
    { encryptedData: 'not base64!', iv: 'AAAA' },
    { code: 'x', endOtherSessions: 'yes' },
  ])('refuses the body %j', async (body) => {
    const token = await phones.signInWithPhone('confused', '13900000013')
    expect(await phones.bind(token, body as object)).toMatchObject({ status: 400, errno: 401 })
  })

  it.each(PHONE_FAULTS)(
    'answers the fault %j of WeChat with an errno and Retry-After',
    async (fault, expected) => {
      const token = await phones.signInWithPhone('unlucky', '13900000015')
      const { code } = await phones.tap('unlucky')
      await api.simulator.control.addFault({ path: PATH, ...fault })

      const answer = await phones.bind(token, { code })

      expect(answer).toMatchObject(expected)
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(await phones.mobileOf(token)).toBeNull()
    },
  )
})

const OTHER_APP = JSON.stringify({
  errcode: 0,
  phone_info: {
    phoneNumber: '13911111111',
    purePhoneNumber: '13911111111',
    countryCode: '86',
    watermark: { timestamp: Math.floor(Date.now() / 1_000), appid: 'wx9999999999999999' },
  },
})
