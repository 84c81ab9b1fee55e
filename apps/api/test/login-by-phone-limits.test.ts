import { afterEach, describe, expect, it } from 'vitest'
import { ownDataTools } from './support/own-data.ts'
import { phoneTools } from './support/phone.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi } from './support/start-test-api.ts'

const SPENT = { status: 429, errno: 717 }
const TOO_MANY = { status: 429, errno: 706 }

describe('the limits of signing in by phone number', () => {
  let api: TestApi
  afterEach(() => api.close())

  const start = async (env: NodeJS.ProcessEnv) => {
    api = await startTestApi({ env })
    const phones = phoneTools(api)
    const { rows } = ownDataTools(api)
    let last = 13_700_000_000
    return {
      phones,
      newPerson: async (name: string) => {
        last += 1
        await api.simulator.control.createPerson({ name, phone: String(last) })
        return name
      },
      users: () => Number(rows('SELECT COUNT(*) AS count FROM wx_user')[0]?.count),
    }
  }

  it('keep a person within the daily budget before there is a user of theirs', async () => {
    const { phones, newPerson, users } = await start({ PHONE_BUDGET_PER_PERSON: '2' })
    const name = await newPerson('guesser')
    for (const _ of [1, 2]) {
      expect(await phones.signInByPhone(name, { phoneCode: 'guess' })).toMatchObject({ errno: 718 })
    }

    const answer = await phones.signInByPhone(name)

    expect(answer).toMatchObject(SPENT)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(80_000)
    expect(users()).toBe(0)
    expect(await phones.paidCalls()).toBe(2)
    const honest = await newPerson('honest')
    expect(await phones.signInByPhone(honest)).toMatchObject({ errno: 0 })
  })

  it('are one budget with binding a number, and survive closing the account', async () => {
    const { phones, newPerson } = await start({ PHONE_BUDGET_PER_PERSON: '2' })
    const name = await newPerson('spender')
    const { token } = (await phones.signInByPhone(name)).data
    expect(await phones.bindByCode(token, name)).toMatchObject({ errno: 0 })

    expect(await phones.bindByCode(token, name)).toMatchObject(SPENT)
    const body = { confirm: true }
    await api.call('/wx/user/close_account', { method: 'POST', token, body })
    expect(await phones.signInByPhone(name)).toMatchObject(SPENT)
  })

  it('keep all users together within the daily budget', async () => {
    const { phones, newPerson } = await start({ PHONE_BUDGET_TOTAL: '1' })
    expect(await phones.signInByPhone(await newPerson('first'))).toMatchObject({ errno: 0 })

    expect(await phones.signInByPhone(await newPerson('second'))).toMatchObject(SPENT)
    expect(await phones.paidCalls()).toBe(1)
  })

  it('let ten encrypted numbers of a person be tried in an hour', async () => {
    const { phones, newPerson, users } = await start({})
    const name = await newPerson('sealed')
    const data = { encryptedData: 'AAAA', iv: 'AAAA' }
    const errnos: number[] = []
    for (let attempt = 0; attempt < 11; attempt += 1) {
      const answer = await phones.loginByPhone({ code: await api.codeOf(name), ...data })
      errnos.push(answer.errno)
    }

    expect(errnos).toEqual([...Array<number>(10).fill(718), 706])
    expect(users()).toBe(0)
  })

  it('are those of every sign-in, and refuse before WeChat is paid', async () => {
    const { phones, newPerson } = await start({ LOGIN_LIMIT_PER_USER: '1' })
    const name = await newPerson('busy')
    await api.signIn(name)

    expect(await phones.signInByPhone(name)).toMatchObject(TOO_MANY)
    expect(await phones.paidCalls()).toBe(0)
  })

  it('count refused login codes of both ways to sign in together', async () => {
    const { phones } = await start({ LOGIN_LIMIT_REFUSED_PER_IP: '2' })
    await api.login({ code: 'guess-1' })
    await phones.loginByPhone({ code: 'guess-2', phoneCode: 'x' })

    expect(await phones.loginByPhone({ code: 'guess-3', phoneCode: 'x' })).toMatchObject(TOO_MANY)
    expect(await api.login({ code: 'guess-4' })).toMatchObject(TOO_MANY)
  })
})
