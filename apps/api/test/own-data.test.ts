import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PersonalDataResult } from '@oa/contracts'
import SQLite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readToken } from './support/forge-token.ts'
import { drawToken, serviceCalls } from './support/internal.ts'
import { phoneTools } from './support/phone.ts'
import { PUSH_TOKEN, pushByHand } from './support/push.ts'
import type { TestApi } from './support/start-test-api.ts'
import { openidOf, startTestApi, TEST_APP } from './support/start-test-api.ts'

const SERVICE_TOKEN = drawToken()
const NICK_NAME = '金丝雀昵称'
const AVATAR = 'https://thirdwx.qlogo.cn/mmopen/canary/132'
const PHONE = '13987600001'
const DEVICE = { deviceId: 'canary-device-1', deviceName: '金丝雀手机' }
const NOTE = 'canary note'
const MINUTE_MS = 60_000

describe('my own data', () => {
  let api: TestApi
  beforeAll(async () => {
    const env = { WX_PUSH_TOKEN: PUSH_TOKEN, INTERNAL_TOKENS: `billing:${SERVICE_TOKEN}` }
    api = await startTestApi({ env })
  })
  afterAll(() => api.close())

  const ask = (token: string) => api.call<PersonalDataResult>('/wx/user/data', { token })
  const close = (token: string, body: unknown = { confirm: true }) =>
    api.call('/wx/user/close_account', { method: 'POST', token, body })
  const withDatabase = <T>(work: (database: SQLite.Database) => T) => {
    const database = new SQLite(join(api.folder, 'oa.db'))
    try {
      return work(database)
    } finally {
      database.close()
    }
  }
  const rows = (statement: string, ...values: unknown[]) =>
    withDatabase((database) => database.prepare(statement).all(...values)) as Row[]
  const run = (statement: string, ...values: unknown[]) =>
    withDatabase((database) => database.prepare(statement).run(...values))
  type Row = Record<string, unknown>
  const userIdOf = async (person: string) => {
    const openid = await openidOf(api, person)
    return Number(rows('SELECT id FROM wx_user WHERE weixin_openid = ?', openid)[0]?.id)
  }
  let people = 0
  /** Somebody with a name, a picture and a number, signed in on two devices, and out on a third. */
  const arrive = async (person = `own-${people}`) => {
    people += 1
    const phone = String(Number(PHONE) + people)
    await api.simulator.control.createPerson({ name: person, phone })
    const profile = { nickName: NICK_NAME, avatarUrl: AVATAR, gender: 2 as const }
    const { token } = await api.signIn(person, { userInfo: profile, ...DEVICE })
    const elsewhere = (await api.signIn(person)).token
    const over = (await api.signIn(person)).token
    await api.logout(over)
    await phoneTools(api).bindByCode(token, person)
    return { person, token, elsewhere, over, phone, openid: await openidOf(api, person) }
  }
  const makeOld = (token: string) =>
    run(
      'UPDATE wx_session SET created_at = ? WHERE id = ?',
      new Date(Date.now() - 6 * MINUTE_MS).toISOString().replace('Z', '+00:00'),
      readToken(token).payload.sid,
    )

  it('is shown whole', async () => {
    const { person, token, phone, openid } = await arrive()
    const id = await userIdOf(person)
    run(
      `UPDATE wx_user SET unionid = 'oUnion', birthday = '1990-01-31T00:00:00.000+00:00',
         mobile = '021-555' WHERE id = ?`,
      id,
    )

    const { data, errno, text } = await ask(token)

    expect(errno).toBe(0)
    expect(data.account).toEqual({
      publicId: readToken(token).payload.sub,
      ...{ openid, unionid: 'oUnion', nickName: NICK_NAME, avatarUrl: AVATAR, gender: 2 },
      ...{ birthday: '1990-01-31', mobile: '021-555', phone: `86-${phone}` },
      phoneBoundAt: expect.stringMatching(/Z$/),
      memberSince: expect.stringMatching(/Z$/),
      lastLoginAt: expect.stringMatching(/Z$/),
      lastLoginIp: '127.0.0.1',
    })
    expect(data.sessions.map(({ endedReason, current }) => [endedReason, current])).toEqual([
      ['logout', false],
      [null, false],
      [null, true],
    ])
    expect(data.sessions[2]).toMatchObject({ deviceName: DEVICE.deviceName, ip: '127.0.0.1' })
    expect(data.events.map(({ kind }) => kind)).toEqual([
      ...['phone_bound', 'logout', 'login', 'login', 'login'],
    ])
    expect(data.eventsComplete).toBe(true)
    expect(text).not.toMatch(/session_?key|sealed/i)
    expect(rows('SELECT kind FROM login_event WHERE user_id = ?', id).at(-1)?.kind).toBe('exported')
  })

  it('shows nothing of anybody else, and no address of a service that asked', async () => {
    const { token } = await arrive()
    const other = await arrive()
    await serviceCalls(api, SERVICE_TOKEN).openid(String(readToken(token).payload.sub))

    const { data, text } = await ask(token)

    expect(data.events[0]).toMatchObject({ kind: 'service_call', ip: '', userAgent: 'service billing' })
    expect(data.sessions).toHaveLength(3)
    for (const foreign of [other.openid, other.phone, readToken(other.token).payload.sid]) {
      expect(text).not.toContain(foreign)
    }
  })

  it('says when there are more events than are shown', async () => {
    const { person, token } = await arrive()
    const id = await userIdOf(person)
    const have = rows('SELECT id FROM login_event WHERE user_id = ?', id).length
    withDatabase((database) => {
      const insert = database.prepare(
        `INSERT INTO login_event (at, kind, outcome, appid, user_id, ip, user_agent, request_id)
         VALUES ('2020-01-01T00:00:00.000+00:00', 'login', 'ok', ?, ?, '', '', '')`,
      )
      for (let count = have; count < 1_000; count += 1) insert.run(TEST_APP.appid, id)
    })

    const [full, more] = [await ask(token), await ask(token)]

    expect([full.data.events.length, full.data.eventsComplete]).toEqual([1_000, true])
    // The first export has itself left an event.
    expect([more.data.events.length, more.data.eventsComplete]).toEqual([1_000, false])
    expect(more.data.events[0]?.kind).toBe('exported')
  })

  it('is shown five times an hour', async () => {
    const { token } = await arrive()
    for (let time = 0; time < 5; time += 1) expect(await ask(token)).toMatchObject({ errno: 0 })

    const refused = await ask(token)

    expect(refused).toMatchObject({ status: 429, errno: 706 })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_000)
  })

  it('needs a sign-in of the last five minutes, to be shown or deleted', async () => {
    const { token, elsewhere } = await arrive()
    makeOld(elsewhere)

    expect(await ask(elsewhere)).toMatchObject({ status: 401, errno: 715 })
    expect(await close(elsewhere)).toMatchObject({ status: 401, errno: 715 })
    expect(await api.info(token)).toMatchObject({ errno: 0 })
  })

  it.each([
    {},
    { confirm: false },
    { confirm: 'true' },
    { confirm: 1 },
    { confirm: true, x: 1 },
    [],
  ])('is not deleted by %j', async (body) => {
    const { token } = await api.signIn('hesitant')
    expect(await close(token, body)).toMatchObject({ status: 400, errno: 401 })
    expect(await api.info(token)).toMatchObject({ errno: 0 })
  })

  it('is gone once the account is closed, and every session with it', async () => {
    const { person, token, elsewhere, over, phone, openid } = await arrive()
    const id = await userIdOf(person)

    expect(await close(token)).toMatchObject({ errno: 0, errmsg: '成功' })

    // Nothing that would be taken up again without asking, but for the device that knows.
    expect(await api.info(token)).toMatchObject({ status: 401, errno: 501 })
    for (const other of [elsewhere, over]) {
      const refused = { status: 401, errno: 714, errmsg: '账号已在其他设备上注销' }
      expect(await api.info(other)).toMatchObject(refused)
    }
    expect(await close(token)).toMatchObject({ status: 401, errno: 501 })
    const kept = JSON.stringify([
      rows('SELECT * FROM wx_user WHERE id = ?', id),
      rows('SELECT * FROM wx_session WHERE user_id = ?', id),
    ])
    for (const gone of [openid, phone, NICK_NAME, AVATAR, '127.0.0.1', ...Object.values(DEVICE)]) {
      expect(kept).not.toContain(gone)
    }
    expect(rows('SELECT * FROM wx_user WHERE id = ?', id)).toMatchObject([
      { status: 2, status_code: 'closed', nickname: '已注销用户' },
    ])
    expect(
      rows('SELECT sealed_session_key AS sealed FROM wx_session WHERE user_id = ?', id),
    ).toEqual(Array(3).fill({ sealed: null }))
    expect(rows('SELECT kind FROM login_event WHERE user_id = ?', id).at(-1)?.kind).toBe('closed')
  })

  it('does not come back with the person, who is somebody new and may have the number', async () => {
    const { person, token } = await arrive()
    const id = await userIdOf(person)
    await close(token)

    const again = await api.signIn(person)

    expect(await userIdOf(person)).not.toBe(id)
    expect(readToken(again.token).payload.sub).not.toBe(readToken(token).payload.sub)
    expect(again.userInfo.nickName).toMatch(/^普通用户\d{5}$/)
    const { data } = await ask(again.token)
    expect([data.sessions.length, data.events.map(({ kind }) => kind)]).toEqual([1, ['login']])
    expect(await phoneTools(api).bindByCode(again.token, person)).toMatchObject({ errno: 0 })
    expect(await api.info(token)).toMatchObject({ errno: 501 })
  })

  it('of who left is out of reach for services, operators and later pushes', async () => {
    const { person, token, openid } = await arrive()
    const id = await userIdOf(person)
    await close(token)
    const before = rows('SELECT * FROM wx_user WHERE id = ?', id)
    const event = { Event: 'user_authorization_cancellation', AppID: TEST_APP.appid }

    const publicId = String(readToken(token).payload.sub)
    expect(await serviceCalls(api, SERVICE_TOKEN).openid(publicId)).toMatchObject({ errno: 708 })
    expect(await api.accounts.unfreeze({ appId: TEST_APP.appid, openid })).toBeNull()
    expect(await pushByHand(api, { ...event, OpenID: openid })).toBe(200)
    expect(rows('SELECT * FROM wx_user WHERE id = ?', id)).toEqual(before)

    const again = await api.signIn(person)
    expect(await pushByHand(api, { ...event, OpenID: openid, CreateTime: 2 })).toBe(200)
    expect(await api.info(again.token)).toMatchObject({ errno: 704 })
    expect(rows('SELECT * FROM wx_user WHERE id = ?', id)).toEqual(before)
  })

  it('of somebody frozen stays, and so does the freeze', async () => {
    const { person, token, openid } = await arrive()
    await api.accounts.freeze({ appId: TEST_APP.appid, openid }, { code: 'violation', note: NOTE })

    for (const answer of [await ask(token), await close(token)]) {
      expect(answer).toMatchObject({ status: 403, errno: 704 })
    }
    const freshCode = await api.codeOf(person)
    expect(await api.login({ code: freshCode })).toMatchObject({ errno: 704 })
    expect(rows('SELECT status FROM wx_user WHERE weixin_openid = ?', openid)).toEqual([
      { status: 1 },
    ])
  })

  it('is in no file of the database any more, once it is deleted', async () => {
    const inFiles = async () => {
      const names = ['oa.db', 'oa.db-wal']
      const files = await Promise.all(
        names.map((name) => readFile(join(api.folder, name)).catch(() => Buffer.alloc(0))),
      )
      return Buffer.concat(files)
    }
    const canary = '仅此一只金丝雀'
    await api.simulator.control.createPerson({ name: 'on-disk', phone: '13776543210' })
    const { token } = await api.signIn('on-disk', { userInfo: { nickName: canary }, ...DEVICE })
    await phoneTools(api).bindByCode(token, 'on-disk')
    const traces = [canary, '13776543210', await openidOf(api, 'on-disk')]
    const before = await inFiles()
    for (const trace of traces) expect(before.includes(trace), trace).toBe(true)

    await close(token)

    const after = await inFiles()
    for (const trace of traces) expect(after.includes(trace), trace).toBe(false)
  })

  it('is in no line of the log', () => {
    const logged = api.logs.text()
    expect(logged).toContain('/wx/user/close_account')
    for (const secret of [NICK_NAME, AVATAR, PHONE.slice(0, 8), DEVICE.deviceName, NOTE]) {
      expect(logged).not.toContain(secret)
    }
  })
})
