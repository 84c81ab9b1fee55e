import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { phoneTools } from './support/phone.ts'
import type { TestApi } from './support/start-test-api.ts'
import { openidOf, startTestApi, TEST_APP } from './support/start-test-api.ts'

const FRESH_MS = 5 * 60_000

describe('binding a phone number', () => {
  let api: TestApi
  let phones: ReturnType<typeof phoneTools>
  beforeAll(async () => {
    api = await startTestApi({ env: { PHONE_BUDGET_PER_PERSON: '50' } })
    phones = phoneTools(api)
  })
  afterAll(() => api.close())
  afterEach(() => {
    vi.useRealTimers()
  })

  it('takes the code of the phone number button, and shows the number masked afterwards', async () => {
    const token = await phones.signInWithPhone('coder', '15612345677')
    expect(await phones.mobileOf(token)).toBeNull()

    const answer = await phones.bindByCode(token, 'coder')

    expect(answer).toMatchObject({ errno: 0, data: { mobile: '156******77', endedSessions: 0 } })
    expect(await phones.mobileOf(token)).toBe('156******77')
  })

  it('takes encryptedData of old clients without a call to WeChat', async () => {
    const token = await phones.signInWithPhone('old-client', '61234567', '852')
    const { encryptedData, iv } = await phones.tap('old-client')
    const before = await phones.paidCalls()

    const answer = await phones.bind(token, { encryptedData, iv })

    expect(answer).toMatchObject({ errno: 0, data: { mobile: '+852 61****67' } })
    expect(await phones.paidCalls()).toBe(before)
  })

  it('can be repeated, and replaces the number by another', async () => {
    const token = await phones.signInWithPhone('mover', '13900000001')
    await phones.bindByCode(token, 'mover')
    expect(await phones.bindByCode(token, 'mover')).toMatchObject({ errno: 0 })
    await api.simulator.control.createPerson({ name: 'mover', phone: '13900000002' })

    expect(await phones.bindByCode(token, 'mover')).toMatchObject({ errno: 0 })

    expect(await phones.mobileOf(token)).toBe('139******02')
    const next = await phones.signInWithPhone('next-owner', '13900000001')
    expect(await phones.bindByCode(next, 'next-owner')).toMatchObject({ errno: 0 })
  })

  it('refuses the number of another account without naming that account', async () => {
    const owner = await phones.signInWithPhone('owner', '13900000003')
    await phones.bindByCode(owner, 'owner')
    const other = await phones.signInWithPhone('other', '13900000003')

    const answer = await phones.bindByCode(other, 'other')

    expect(answer).toMatchObject({ status: 409, errno: 716 })
    expect(JSON.parse(answer.text)).toEqual({ errno: 716, errmsg: '此手机号已绑定其他账号' })
    expect(await phones.mobileOf(other)).toBeNull()
    expect(await phones.mobileOf(owner)).toBe('139******03')
  })

  it('gives the number to one of two users who bind it at the same time', async () => {
    const people = ['racer-one', 'racer-two']
    const tokens = await Promise.all(
      people.map((name) => phones.signInWithPhone(name, '13900000004')),
    )
    const answers = await Promise.all(
      people.map((name, index) => phones.bindByCode(tokens[index] ?? '', name)),
    )

    expect(answers.map(({ errno }) => errno).sort()).toEqual([0, 716])
  })

  it('refuses the number of a frozen account', async () => {
    const frozen = await phones.signInWithPhone('frozen-owner', '13900000005')
    await phones.bindByCode(frozen, 'frozen-owner')
    const openid = await openidOf(api, 'frozen-owner')
    await api.accounts.freeze({ appId: TEST_APP.appid, openid })
    const heir = await phones.signInWithPhone('heir', '13900000005')

    expect(await phones.bindByCode(heir, 'heir')).toMatchObject({ errno: 716 })
  })

  it('needs a sign-in within the last five minutes, and checks that before it pays WeChat', async () => {
    const token = await phones.signInWithPhone('lingerer', '13900000006')
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

  it('ends the other sessions only on request', async () => {
    const elsewhere = await phones.signInWithPhone('careful', '13900000014')
    const here = await phones.signInWithPhone('careful', '13900000014')
    expect((await phones.bindByCode(here, 'careful')).data.endedSessions).toBe(0)
    const { code } = await phones.tap('careful')

    const answer = await phones.bind(here, { code, endOtherSessions: true })

    expect(answer).toMatchObject({ errno: 0, data: { endedSessions: 1 } })
    expect(await api.info(elsewhere)).toMatchObject({ errno: 714 })
    expect(await api.info(here)).toMatchObject({ errno: 0 })
  })
})
