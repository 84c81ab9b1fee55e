import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { describeOnEachEngine } from './database/engines.ts'
import { queryRows } from './database/query.ts'
import { PHONE_FAULTS, phoneTools } from './support/phone.ts'
import type { TestApi } from './support/start-test-api.ts'
import { openidOf, startTestApi, TEST_APP } from './support/start-test-api.ts'

const PATH = '/wxa/business/getuserphonenumber'
const TAKEN = { status: 409, errno: 716 }
const INVALID = { status: 400, errno: 718 }
let lastNumber = 13_800_000_000

describeOnEachEngine('Signing in by phone number', (engine) => {
  let api: TestApi
  let phones: ReturnType<typeof phoneTools>
  beforeAll(async () => {
    const { url } = await engine.create()
    api = await startTestApi({
      env: { PHONE_BUDGET_PER_PERSON: '50', ...(url === undefined ? {} : { DATABASE_URL: url }) },
      expectErrors: [/quota of WeChat/],
    })
    phones = phoneTools(api)
  })
  afterAll(() => api.close())
  afterEach(() => api.simulator.control.clearFaults())

  const newNumber = () => {
    lastNumber += 1
    return String(lastNumber)
  }
  const newPerson = async (name: string, phone = newNumber()) => {
    await api.simulator.control.createPerson({ name, phone })
    return { name, phone }
  }
  const query = (statement: string) => queryRows(api.config.database, statement)
  /** Everything that a refused sign-in must leave as it was. */
  const everything = async () => [
    await query('SELECT * FROM wx_user ORDER BY id'),
    await query('SELECT * FROM wx_session ORDER BY id'),
  ]
  const freeze = async (person: string) =>
    api.accounts.freeze({ appId: TEST_APP.appid, openid: await openidOf(api, person) })

  it('signs a new user in and binds the number, with one request', async () => {
    const { name, phone } = await newPerson('newcomer')

    const answer = await phones.signInByPhone(name, { deviceName: 'iPhone 15' })

    const mobile = `${phone.slice(0, 3)}******${phone.slice(-2)}`
    expect(answer).toMatchObject({ status: 200, errno: 0, errmsg: '成功', data: { mobile } })
    const { token, tokenExpire, userInfo } = answer.data
    expect(await api.info(token)).toMatchObject({
      errno: 0,
      data: { userInfo, session: { deviceName: 'iPhone 15' } },
    })
    expect(Date.parse(tokenExpire)).toBeGreaterThan(Date.now())
    expect(await phones.mobileOf(token)).toBe(mobile)
    const events = await query(
      `SELECT e.kind, e.outcome FROM login_event e JOIN wx_user u ON u.id = e.user_id
       WHERE u.bound_phone = '86-${phone}' ORDER BY e.id`,
    )
    expect(events.map(({ kind, outcome }) => [kind, outcome])).toEqual([
      ['login', 'ok'],
      ['phone_bound', 'ok'],
    ])
  })

  it('signs the same user in as WeChat alone does, and replaces an earlier number', async () => {
    const { name, phone } = await newPerson('mover')
    const { userInfo } = await api.signIn(name, { userInfo: { nickName: '搬家的人' } })
    await phones.signInByPhone(name)
    await newPerson(name)

    const answer = await phones.signInByPhone(name)

    expect(answer).toMatchObject({ errno: 0, data: { userInfo } })
    expect(answer.data.mobile.endsWith(phone.slice(-2))).toBe(false)
    const heir = await newPerson('heir', phone)
    expect(await phones.signInByPhone(heir.name)).toMatchObject({ errno: 0 })
  })

  it('is refused whole when the number belongs to another account, and does not say whose', async () => {
    const { name: owner, phone } = await newPerson('owner')
    const { token } = (await phones.signInByPhone(owner)).data
    const stranger = await newPerson('stranger', phone)
    const known = await newPerson('known')
    await phones.signInByPhone(known.name)
    await newPerson(known.name, phone)
    const before = await everything()

    for (const { name } of [stranger, known]) {
      const answer = await phones.signInByPhone(name)
      expect(answer).toMatchObject(TAKEN)
      expect(JSON.parse(answer.text)).toEqual({ errno: 716, errmsg: '此手机号已绑定其他账号' })
    }

    expect(await everything()).toEqual(before)
    expect(await phones.mobileOf(token)).not.toBeNull()
    expect(await api.signIn(stranger.name)).toHaveProperty('token')
  })

  it('is refused when the number belongs to a frozen account, which keeps it', async () => {
    const { name, phone } = await newPerson('frozen-owner')
    await phones.signInByPhone(name)
    await freeze(name)
    const other = await newPerson('evader', phone)

    expect(await phones.signInByPhone(other.name)).toMatchObject(TAKEN)
  })

  it('works with the number of an account that its owner closed', async () => {
    const { name, phone } = await newPerson('leaver')
    const { token } = (await phones.signInByPhone(name)).data
    const body = { confirm: true }
    expect(await api.call('/wx/user/close_account', { method: 'POST', token, body })).toMatchObject(
      { errno: 0 },
    )

    for (const next of [name, name]) {
      expect(await phones.signInByPhone(next)).toMatchObject({ errno: 0 })
    }
    const rows = await query(`SELECT id FROM wx_user WHERE bound_phone = '86-${phone}'`)
    expect(rows).toHaveLength(1)
  })

  it.each([
    ['frozen', 1],
    ['closed by WeChat', 2],
  ])('asks WeChat for no number of a user who is %s, and says so', async (what, status) => {
    const { name } = await newPerson(`refused-${status}`)
    await api.signIn(name)
    const openid = await openidOf(api, name)
    await query(`UPDATE wx_user SET status = ${status} WHERE weixin_openid = '${openid}'`)
    const paid = await phones.paidCalls()

    expect(await phones.signInByPhone(name), what).toMatchObject({ status: 403, errno: 704 })
    expect(await phones.paidCalls()).toBe(paid)
  })

  it('takes encryptedData that was made with the session_key of its own code, without paying', async () => {
    const { name, phone } = await newPerson('old-client')
    const code = await api.codeOf(name)
    const { encryptedData, iv } = await phones.tap(name)
    const paid = await phones.paidCalls()

    const answer = await phones.loginByPhone({ code, encryptedData, iv })

    expect(answer).toMatchObject({ errno: 0, data: { mobile: `138******${phone.slice(-2)}` } })
    expect(await phones.paidCalls()).toBe(paid)
  })

  it('creates no user from data or codes that prove nothing', async () => {
    const { name } = await newPerson('faker')
    const victim = await newPerson('victim')
    await api.codeOf(victim.name)
    const foreign = await phones.tap(victim.name)
    const spent = await phones.tap(victim.name)
    await phones.signInByPhone(victim.name, { phoneCode: spent.code })
    const before = await everything()
    const { encryptedData, iv } = foreign

    for (const proof of [
      { phoneCode: 'no-such-code' },
      { phoneCode: foreign.code },
      { phoneCode: spent.code },
      { encryptedData, iv },
      { encryptedData: 'AAAA', iv },
      { encryptedData, iv: 'AAAA' },
    ]) {
      const answer = await phones.loginByPhone({ code: await api.codeOf(name), ...proof })
      expect(answer).toMatchObject(INVALID)
    }

    expect(await everything()).toEqual(before)
  })

  it.each([
    {},
    { phoneCode: '' },
    { iv: 'AAAA' },
    { encryptedData: 'AAAA' },
    { phoneCode: 'x', encryptedData: 'AAAA', iv: 'AAAA' },
    { phoneCode: 'x', openid: 'oSomebodyElse' },
    { phoneCode: 'x', mobile: '13900000000' },
    { phoneCode: 'x', deviceId: 'short' },
  ])('refuses the body %j, and leaves its login code unused', async (rest) => {
    const { name } = await newPerson('confused')
    const code = await api.codeOf(name)
    const body = { code, ...rest }

    const answer = await api.call('/wx/auth/login_by_phone', { method: 'POST', body })

    expect(answer).toMatchObject({ status: 400, errno: 401 })
    expect(await api.login({ code })).toMatchObject({ errno: 0 })
  })

  it.each(PHONE_FAULTS)(
    'writes nothing when WeChat answers with the fault %j',
    async (fault, expected) => {
      const { name } = await newPerson('unlucky')
      const before = await everything()
      await api.simulator.control.addFault({ path: PATH, ...fault })

      const answer = await phones.signInByPhone(name)

      expect(answer).toMatchObject(expected)
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(await everything()).toEqual(before)
    },
  )

  it('gives the number to one of two users who sign in at the same time', async () => {
    for (let round = 0; round < 5; round += 1) {
      const phone = newNumber()
      const people = [`racer-${round}-one`, `racer-${round}-two`]
      for (const name of people) await newPerson(name, phone)

      const answers = await Promise.all(people.map((name) => phones.signInByPhone(name)))

      expect(answers.map(({ errno }) => errno).sort()).toEqual([0, 716])
      const rows = await query(`SELECT id FROM wx_user WHERE bound_phone = '86-${phone}'`)
      expect(rows).toHaveLength(1)
    }
  })

  it('gives the same answer again to a new login code with the same phone code, and pays once', async () => {
    const { name } = await newPerson('repeater')
    const deviceId = 'device-of-repeater'
    const { code: phoneCode } = await phones.tap(name)
    const paid = await phones.paidCalls()
    const first = await phones.signInByPhone(name, { phoneCode, deviceId })

    const again = await phones.signInByPhone(name, { phoneCode, deviceId })

    expect(again).toMatchObject({
      errno: 0,
      data: { mobile: first.data.mobile, userInfo: first.data.userInfo },
    })
    expect(await phones.paidCalls()).toBe(paid + 1)
    expect((await api.sessions(again.data.token)).data.sessions).toHaveLength(1)
    const { name: thief } = await newPerson('thief')
    expect(await phones.signInByPhone(thief, { phoneCode })).toMatchObject(INVALID)
  })

  it('shows a known user in their own data that a number was refused', async () => {
    const { name } = await newPerson('curious')
    await api.signIn(name)
    await phones.signInByPhone(name, { phoneCode: 'no-such-code' })
    const { token } = await api.signIn(name)

    const { data } = await api.call<{ events: object[] }>('/wx/user/data', { token })

    expect(data.events).toContainEqual(
      expect.objectContaining({ kind: 'phone_refused', outcome: 'PHONE_CODE_INVALID' }),
    )
  })
})
