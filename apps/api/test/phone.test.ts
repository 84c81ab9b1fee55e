import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { phoneTools } from './support/phone.ts'
import type { TestApi } from './support/start-test-api.ts'
import { openidOf, startTestApi, TEST_APP } from './support/start-test-api.ts'

const PATH = '/wxa/business/getuserphonenumber'
const INVALID = { status: 400, errno: 718, errmsg: '手机号验证已失效，请重新授权' }
const FRESH_MS = 5 * 60_000

describe('binding a phone number', () => {
  let api: TestApi
  let phones: ReturnType<typeof phoneTools>
  beforeAll(async () => {
    api = await startTestApi({ env: { PHONE_BUDGET_PER_PERSON: '50' } })
    phones = phoneTools(api)
  })
  afterAll(() => api.close())
  afterEach(async () => {
    vi.useRealTimers()
    await api.simulator.control.clearFaults()
  })

  it('takes the code of the button and shows the number masked from then on', async () => {
    const token = await phones.arrive('coder', '15612345677')
    expect(await phones.mobileOf(token)).toBeNull()

    const answer = await phones.bindByCode(token, 'coder')

    expect(answer).toMatchObject({ errno: 0, data: { mobile: '156******77', endedSessions: 0 } })
    expect(await phones.mobileOf(token)).toBe('156******77')
  })

  it('takes encryptedData of old clients, and asks WeChat nothing', async () => {
    const token = await phones.arrive('old-client', '61234567', '852')
    const { encryptedData, iv } = await phones.tap('old-client')
    const before = await phones.paidCalls()

    const answer = await phones.bind(token, { encryptedData, iv })

    expect(answer).toMatchObject({ errno: 0, data: { mobile: '+852 61****67' } })
    expect(await phones.paidCalls()).toBe(before)
  })

  it('is fine twice, and replaces a number by another', async () => {
    const token = await phones.arrive('mover', '13900000001')
    await phones.bindByCode(token, 'mover')
    expect(await phones.bindByCode(token, 'mover')).toMatchObject({ errno: 0 })
    await api.simulator.control.createPerson({ name: 'mover', phone: '13900000002' })

    expect(await phones.bindByCode(token, 'mover')).toMatchObject({ errno: 0 })

    expect(await phones.mobileOf(token)).toBe('139******02')
    const next = await phones.arrive('next-owner', '13900000001')
    expect(await phones.bindByCode(next, 'next-owner')).toMatchObject({ errno: 0 })
  })

  it('refuses a number of another account without a word about whose it is', async () => {
    const owner = await phones.arrive('owner', '13900000003')
    await phones.bindByCode(owner, 'owner')
    const other = await phones.arrive('other', '13900000003')

    const answer = await phones.bindByCode(other, 'other')

    expect(answer).toMatchObject({ status: 409, errno: 716 })
    expect(JSON.parse(answer.text)).toEqual({ errno: 716, errmsg: '此手机号已绑定其他账号' })
    expect(await phones.mobileOf(other)).toBeNull()
    expect(await phones.mobileOf(owner)).toBe('139******03')
  })

  it('lets one of two at once have the number', async () => {
    const people = ['racer-one', 'racer-two']
    const tokens = await Promise.all(people.map((name) => phones.arrive(name, '13900000004')))
    const answers = await Promise.all(
      people.map((name, index) => phones.bindByCode(tokens[index] ?? '', name)),
    )

    expect(answers.map(({ errno }) => errno).sort()).toEqual([0, 716])
  })

  it('keeps the number of a frozen account for it', async () => {
    const frozen = await phones.arrive('frozen-owner', '13900000005')
    await phones.bindByCode(frozen, 'frozen-owner')
    const openid = await openidOf(api, 'frozen-owner')
    await api.accounts.freeze({ appId: TEST_APP.appid, openid })
    const heir = await phones.arrive('heir', '13900000005')

    expect(await phones.bindByCode(heir, 'heir')).toMatchObject({ errno: 716 })
  })

  it('wants a sign-in of the last five minutes, before anything is paid', async () => {
    const token = await phones.arrive('lingerer', '13900000006')
    const { code, encryptedData, iv } = await phones.tap('lingerer')
    const before = await phones.paidCalls()
    const start = Date.now()
    vi.useFakeTimers({ toFake: ['Date'], now: start + FRESH_MS + 1_000 })

    for (const proof of [{ code }, { encryptedData, iv }]) {
      expect(await phones.bind(token, proof)).toMatchObject({ status: 401, errno: 715 })
    }

    expect(await phones.paidCalls()).toBe(before)
    vi.setSystemTime(start + FRESH_MS - 5_000)
    expect(await phones.bind(token, { code })).toMatchObject({ errno: 0 })
  })

  it('refuses a code that is unknown, used, or of another person or app, and binds nothing', async () => {
    const token = await phones.arrive('thief', '13900000007')
    await phones.arrive('victim', '13900000008')
    const used = (await phones.tap('thief')).code
    await phones.bind(token, { code: used })
    const stolen = (await phones.tap('victim')).code
    const { code: loginCode } = await api.simulator.control.login({
      ...{ appid: TEST_APP.appid, person: 'thief' },
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

  it('answers every encryptedData that is not right with the same bytes', async () => {
    const token = await phones.arrive('tamperer', '13900000009')
    await phones.arrive('bystander', '13900000010')
    const own = await phones.tap('tamperer')
    const foreign = await phones.tap('bystander')
    const bytes = Buffer.from(own.encryptedData, 'base64')
    const flipped = (at: number) => {
      const copy = Buffer.from(bytes)
      copy[at] = (copy[at] ?? 0) ^ 1
      return copy.toString('base64')
    }
    const { encryptedData: profile, iv: profileIv } = await api.simulator.control.userInfo({
      ...{ appid: TEST_APP.appid, person: 'tamperer' },
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

  it('refuses data older than five minutes', async () => {
    const start = Date.now()
    vi.useFakeTimers({ toFake: ['Date'], now: start })
    await phones.arrive('stale', '13900000011')
    const { encryptedData, iv } = await phones.tap('stale')
    vi.setSystemTime(start + FRESH_MS + 2_000)
    const { token } = await api.signIn('stale')

    expect(await phones.bind(token, { encryptedData, iv })).toMatchObject(INVALID)
  })

  it('refuses data sealed with a key that this session does not have', async () => {
    const token = await phones.arrive('rekeyed', '13900000012')
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
  ])('refuses %j', async (body) => {
    const token = await phones.arrive('confused', '13900000013')
    expect(await phones.bind(token, body as object)).toMatchObject({ status: 400, errno: 401 })
  })

  it('ends the other sessions when asked to, and only then', async () => {
    const elsewhere = await phones.arrive('careful', '13900000014')
    const here = await phones.arrive('careful', '13900000014')
    expect((await phones.bindByCode(here, 'careful')).data.endedSessions).toBe(0)
    const { code } = await phones.tap('careful')

    const answer = await phones.bind(here, { code, endOtherSessions: true })

    expect(answer).toMatchObject({ errno: 0, data: { endedSessions: 1 } })
    expect(await api.info(elsewhere)).toMatchObject({ errno: 714 })
    expect(await api.info(here)).toMatchObject({ errno: 0 })
  })

  it.each([
    [
      { errcode: -1, times: 2 },
      { status: 503, errno: 702 },
    ],
    [{ errcode: 45011 }, { status: 429, errno: 706 }],
    [{ errcode: 45009 }, { status: 429, errno: 717 }],
    [{ html: true }, { status: 503, errno: 702 }],
    [{ stallAfterConsuming: true }, { status: 503, errno: 702 }],
  ])('says what is the matter when WeChat has %j', async (fault, expected) => {
    const token = await phones.arrive('unlucky', '13900000015')
    const { code } = await phones.tap('unlucky')
    await api.simulator.control.addFault({ path: PATH, ...fault })

    const answer = await phones.bind(token, { code })

    expect(answer).toMatchObject(expected)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await phones.mobileOf(token)).toBeNull()
  })
})

const OTHER_APP = JSON.stringify({
  errcode: 0,
  phone_info: {
    ...{ phoneNumber: '13911111111', purePhoneNumber: '13911111111', countryCode: '86' },
    watermark: { timestamp: Math.floor(Date.now() / 1_000), appid: 'wx9999999999999999' },
  },
})

describe('the budget for numbers', () => {
  let api: TestApi
  let phones: ReturnType<typeof phoneTools>
  beforeEach(async () => {
    api = await startTestApi({ env: { PHONE_BUDGET_PER_PERSON: '2', PHONE_BUDGET_TOTAL: '3' } })
    phones = phoneTools(api)
  })
  afterEach(() => api.close())
  const SPENT = { status: 429, errno: 717 }

  it('is spent by each person alone, then by all together, and WeChat is not asked', async () => {
    const token = await phones.arrive('one', '13900000021')
    for (const _ of [1, 2]) {
      expect(await phones.bindByCode(token, 'one')).toMatchObject({ errno: 0 })
    }
    const answer = await phones.bindByCode(token, 'one')
    expect(answer).toMatchObject(SPENT)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(80_000)
    const other = await phones.arrive('two', '13900000022')
    expect(await phones.bindByCode(other, 'two')).toMatchObject({ errno: 0 })

    expect(await phones.bindByCode(other, 'two')).toMatchObject(SPENT)

    expect(await phones.paidCalls()).toBe(3)
  })

  it('is given back for what WeChat did not charge', async () => {
    const token = await phones.arrive('outage', '13900000023')
    for (const _ of [1, 2, 3]) {
      const { code } = await phones.tap('outage')
      await api.simulator.control.addFault({ path: PATH, errcode: 45011 })
      expect(await phones.bind(token, { code })).toMatchObject({ errno: 706 })
    }
    expect(await phones.bindByCode(token, 'outage')).toMatchObject({ errno: 0 })
  })

  it('of all is not spent by guesses at codes, which end the share of who guesses', async () => {
    for (const name of ['guesser-1', 'guesser-2', 'guesser-3']) {
      const token = await phones.arrive(name, '13900000024')
      for (const _ of [1, 2]) {
        expect(await phones.bind(token, { code: 'guess' })).toMatchObject({ errno: 718 })
      }
      expect(await phones.bind(token, { code: 'guess' })).toMatchObject(SPENT)
    }
    const honest = await phones.arrive('honest', '13900000025')
    expect(await phones.bindByCode(honest, 'honest')).toMatchObject({ errno: 0 })
  })

  it('does not limit encryptedData, but who sends much of it waits', async () => {
    const token = await phones.arrive('sealed', '13900000026')
    const { encryptedData, iv } = await phones.tap('sealed')
    const answers = []
    for (let attempt = 0; attempt < 11; attempt += 1) {
      answers.push((await phones.bind(token, { encryptedData, iv })).errno)
    }
    expect(answers).toEqual([...Array(10).fill(0), 706])
  })
})
