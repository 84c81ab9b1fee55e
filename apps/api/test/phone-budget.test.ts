import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { phoneTools } from './support/phone.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi } from './support/start-test-api.ts'

const LOGIN = '/wx/auth/login_by_weixin'
/** More addresses than the rate counter in memory holds. */
const FLOOD = 20_500
const PATH = '/wxa/business/getuserphonenumber'

describe('the budget for phone numbers', () => {
  let api: TestApi
  let phones: ReturnType<typeof phoneTools>
  beforeEach(async () => {
    api = await startTestApi({
      env: { PHONE_BUDGET_PER_PERSON: '2', PHONE_BUDGET_TOTAL: '3', LOG_LEVEL: 'error' },
    })
    phones = phoneTools(api)
  })
  afterEach(() => api.close())
  const SPENT = { status: 429, errno: 717 }

  it('limits each user, then all users together, without a call to WeChat', async () => {
    const token = await phones.signInWithPhone('one', '13900000021')
    for (const _ of [1, 2]) {
      expect(await phones.bindByCode(token, 'one')).toMatchObject({ errno: 0 })
    }
    const answer = await phones.bindByCode(token, 'one')
    expect(answer).toMatchObject(SPENT)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(80_000)
    const other = await phones.signInWithPhone('two', '13900000022')
    expect(await phones.bindByCode(other, 'two')).toMatchObject({ errno: 0 })

    expect(await phones.bindByCode(other, 'two')).toMatchObject(SPENT)

    expect(await phones.paidCalls()).toBe(3)
  })

  it('gets back what WeChat did not charge', async () => {
    const token = await phones.signInWithPhone('outage', '13900000023')
    for (const _ of [1, 2, 3]) {
      const { code } = await phones.tap('outage')
      await api.simulator.control.addFault({ path: PATH, errcode: 45011 })
      expect(await phones.bind(token, { code })).toMatchObject({ errno: 706 })
    }
    expect(await phones.bindByCode(token, 'outage')).toMatchObject({ errno: 0 })
  })

  it('is spent by guessed codes only for the guessing user, not for all users', async () => {
    for (const name of ['guesser-1', 'guesser-2', 'guesser-3']) {
      const token = await phones.signInWithPhone(name, '13900000024')
      for (const _ of [1, 2]) {
        expect(await phones.bind(token, { code: 'guess' })).toMatchObject({ errno: 718 })
      }
      expect(await phones.bind(token, { code: 'guess' })).toMatchObject(SPENT)
    }
    const honest = await phones.signInWithPhone('honest', '13900000025')
    expect(await phones.bindByCode(honest, 'honest')).toMatchObject({ errno: 0 })
  })

  it('is not reset by a flood of sign-ins from many addresses', async () => {
    for (const name of ['early', 'late']) await phones.signInWithPhone(name, '13900000027')
    const [early, late] = [await api.signIn('early'), await api.signIn('late')]
    for (const _ of [1, 2]) await phones.bind(early.token, { code: 'guess' })
    for (const name of ['payer-1', 'payer-2', 'payer-3']) {
      const token = await phones.signInWithPhone(name, `1390000003${name.at(-1)}`)
      expect(await phones.bindByCode(token, name)).toMatchObject({ errno: 0 })
    }

    for (let host = 0; host < FLOOD; host += 1) {
      const remoteAddress = `10.${host >> 16}.${(host >> 8) & 255}.${host & 255}`
      await api.app.inject({ method: 'POST', url: LOGIN, remoteAddress })
    }

    for (const { token } of [early, late]) {
      expect(await phones.bind(token, { code: 'guess' })).toMatchObject(SPENT)
    }
  })

  it('does not count encryptedData, which has a limit of its own', async () => {
    const token = await phones.signInWithPhone('sealed', '13900000026')
    const { encryptedData, iv } = await phones.tap('sealed')
    const answers = []
    for (let attempt = 0; attempt < 11; attempt += 1) {
      answers.push((await phones.bind(token, { encryptedData, iv })).errno)
    }
    expect(answers).toEqual([...Array(10).fill(0), 706])
  })
})
