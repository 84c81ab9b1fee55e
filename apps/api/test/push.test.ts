import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from './support/eventually.ts'
import { phoneTools } from './support/phone.ts'
import { PUSH_TOKEN, pushTo } from './support/push.ts'
import type { TestApi } from './support/start-test-api.ts'
import { openidOf, startTestApi, TEST_APP } from './support/start-test-api.ts'

const { appid } = TEST_APP
const PROFILE = {
  nickName: '小明',
  avatarUrl: 'https://thirdwx.qlogo.cn/mmopen/1/132',
  gender: 1 as const,
}
const PLACEHOLDER = /^普通用户\d{5}$/

const stored = (api: TestApi, openid: string) => {
  const database = new SQLite(join(api.folder, 'oa.db'), { readonly: true })
  const row = database.prepare('SELECT * FROM wx_user WHERE weixin_openid = ?').get(openid)
  const events = database
    .prepare(
      `SELECT e.kind FROM login_event e JOIN wx_user u ON u.id = e.user_id
       WHERE u.weixin_openid = ? AND e.user_agent = 'WeChat push'`,
    )
    .pluck()
    .all(openid)
  database.close()
  return { row: row as Record<string, unknown>, events }
}

describe('a push from WeChat', () => {
  let api: TestApi
  let phones: ReturnType<typeof phoneTools>
  beforeAll(async () => {
    const env = { WX_PUSH_TOKEN: PUSH_TOKEN }
    api = await startTestApi({ env, expectErrors: [/a request met a bug/] })
    phones = phoneTools(api)
    await pushTo(api)
  })
  afterAll(() => api.close())

  /** A new user with name, avatar and phone number, signed in twice. */
  const newUser = async (person: string, phone: string) => {
    await api.simulator.control.createPerson({ name: person, phone })
    const { token } = await api.signIn(person, { userInfo: PROFILE })
    const other = await api.signIn(person)
    expect(await phones.bindByCode(token, person)).toMatchObject({ errno: 0 })
    return { tokens: [token, other.token], openid: await openidOf(api, person) }
  }
  const pushed = async (person: string, event: Event, more: object = {}) => {
    const [delivery] = await api.simulator.control.userEvent({ appid, person, event, ...more })
    expect(delivery).toMatchObject({ acknowledged: true, attempts: [{ status: 200 }] })
  }
  type Event =
    | 'user_info_modified'
    | 'user_authorization_revoke'
    | 'user_authorization_cancellation'

  it('can be set up: the address passes the check of WeChat', async () => {
    expect(await api.simulator.control.verifyPush({ appid })).toEqual({ ok: true })
  })

  it('withdraws name and avatar of a user, who stays signed in and keeps the phone number', async () => {
    const { tokens } = await newUser('modified', '13800000001')

    await pushed('modified', 'user_info_modified')

    for (const token of tokens) {
      const { data } = await api.info(token)
      expect(data.userInfo).toMatchObject({ avatarUrl: '', gender: 1 })
      expect(data.userInfo.nickName).toMatch(PLACEHOLDER)
    }
    expect(await phones.mobileOf(tokens[0] ?? '')).toBe('138******01')
  })

  it.each(['8', '6', '19,20', undefined, '99'])(
    'wipes the profile and ends the sessions when consent is withdrawn (RevokeInfo %s)',
    async (revokeInfo) => {
      const person = `revoker-${revokeInfo}`
      const { tokens, openid } = await newUser(person, '13800000002')

      await pushed(person, 'user_authorization_revoke', revokeInfo ? { revokeInfo } : {})

      for (const token of tokens) expect(await api.info(token)).toMatchObject({ errno: 501 })
      const { row, events } = stored(api, openid)
      expect(row).toMatchObject({
        nickname: expect.stringMatching(PLACEHOLDER),
        avatar: '',
        gender: 0,
        mobile: '',
        bound_phone: null,
        phone_bound_at: null,
        status: 0,
      })
      expect(events).toEqual(['profile_wiped'])
      expect(await api.login({ code: await api.codeOf(person) })).toMatchObject({ errno: 0 })
    },
  )

  it('changes nothing when consent is withdrawn for data that is not kept here', async () => {
    const { tokens } = await newUser('camera-shy', '13800000003')

    await pushed('camera-shy', 'user_authorization_revoke', { revokeInfo: '7' })

    expect((await api.info(tokens[0] ?? '')).data.userInfo).toEqual(PROFILE)
  })

  it('closes the account when the WeChat account is closed, and releases the phone number', async () => {
    const { tokens, openid } = await newUser('leaver', '13800000004')

    await pushed('leaver', 'user_authorization_cancellation')

    for (const token of tokens) expect(await api.info(token)).toMatchObject({ errno: 704 })
    expect(await api.login({ code: await api.codeOf('leaver') })).toMatchObject({ errno: 704 })
    const { row, events } = stored(api, openid)
    expect(row).toMatchObject({
      status: 2,
      status_code: 'cancelled',
      nickname: '已注销用户',
      avatar: '',
      gender: 0,
      bound_phone: null,
      unionid: null,
      mobile: '',
      last_login_ip: '',
    })
    expect(events).toEqual(['closed'])
    await expect(api.accounts.unfreeze({ appId: appid, openid })).rejects.toThrow(/closed/)
    const heir = await phones.signInWithPhone('heir', '13800000004')
    expect(await phones.bindByCode(heir, 'heir')).toMatchObject({ errno: 0 })
  })

  it('is handled once, however often it is delivered', async () => {
    const { openid } = await newUser('repeated', '13800000005')
    const message = {
      Event: 'user_authorization_revoke',
      OpenID: openid,
      AppID: appid,
      RevokeInfo: '8',
      CreateTime: Math.floor(Date.now() / 1_000),
    }

    const deliveries = await api.simulator.control.push({ appid, message, times: 5 })

    expect(deliveries.map(({ acknowledged }) => acknowledged)).toEqual(Array(5).fill(true))
    expect(stored(api, openid).events).toEqual(['profile_wiped'])
  })

  it.each([
    { Event: 'user_authorization_cancellation', OpenID: 'oNobodyKnown', AppID: appid },
    { Event: 'user_authorization_cancellation', AppID: appid },
    { Event: 'wxa_media_check', appid, trace_id: 't', errcode: 0, result: { suggest: 'risky' } },
    { Event: 'of_tomorrow', what: 'ever' },
    { MsgType: 'text', Content: '你好', MsgId: 1 },
  ])('is acknowledged when there is nothing to do: %j', async (message) => {
    const [delivery] = await api.simulator.control.push({ appid, message })
    expect(delivery).toMatchObject({ acknowledged: true })
    expect(delivery?.attempts).toMatchObject([{ status: 200, answer: 'success' }])
  })

  it('is logged and counted when it is the verdict of a media check', async () => {
    const verdict = (trace_id: string, suggest: string) => ({
      Event: 'wxa_media_check',
      appid,
      trace_id,
      errcode: 0,
      version: 2,
      result: { suggest, label: 20002 },
    })
    for (const message of [verdict('t-1', 'review'), verdict('t-2', 'review')]) {
      await api.simulator.control.push({ appid, message })
    }

    const lines = api.logs.lines().filter(({ msg }) => msg.startsWith('a verdict'))
    expect(lines.filter(({ suggest }) => suggest === 'review')).toMatchObject([
      { level: 'warn', trace: 't-1', suggest: 'review', label: 20002, count: 1 },
      { level: 'warn', trace: 't-2', suggest: 'review', label: 20002, count: 2 },
    ])
  })

  it('about another app changes nothing', async () => {
    const { tokens, openid } = await newUser('elsewhere', '13800000006')
    const message = {
      Event: 'user_authorization_cancellation',
      OpenID: openid,
      AppID: 'wx9999999999999999',
    }
    await api.simulator.control.push({ appid, message })

    expect(await api.info(tokens[0] ?? '')).toMatchObject({ errno: 0 })
  })

  it('is redelivered after a failure, and handled then', async () => {
    const { tokens, openid } = await newUser('patient', '13800000007')
    await api.simulator.control.changeSettings({ pushRetryDelayMs: 200 })
    const database = new SQLite(join(api.folder, 'oa.db'))
    database.exec(
      `CREATE TRIGGER broken BEFORE UPDATE ON wx_user BEGIN SELECT RAISE(ABORT, 'broken'); END`,
    )
    const delivering = api.simulator.control.userEvent({
      appid,
      person: 'patient',
      event: 'user_authorization_cancellation',
    })
    await eventually(async () => (await api.simulator.control.pushes()).at(-1)?.attempts).toEqual([
      expect.objectContaining({ status: 500 }),
    ])
    database.exec('DROP TRIGGER broken')
    database.close()

    expect((await delivering)[0]).toMatchObject({ acknowledged: true })
    expect(stored(api, openid).row).toMatchObject({ status: 2 })
    expect(await api.info(tokens[0] ?? '')).toMatchObject({ errno: 704 })
  })
})
