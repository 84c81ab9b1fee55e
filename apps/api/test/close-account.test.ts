import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readToken } from './support/forge-token.ts'
import { drawToken, serviceCalls } from './support/internal.ts'
import { CANARY, ownDataTools } from './support/own-data.ts'
import { phoneTools } from './support/phone.ts'
import { PUSH_TOKEN, pushByHand } from './support/push.ts'
import type { TestApi } from './support/start-test-api.ts'
import { openidOf, startTestApi, TEST_APP } from './support/start-test-api.ts'

const SERVICE_TOKEN = drawToken()
const NOTE = 'canary note'

describe('the data of a user', () => {
  let api: TestApi
  let tools: ReturnType<typeof ownDataTools>
  beforeAll(async () => {
    const env = { WX_PUSH_TOKEN: PUSH_TOKEN, INTERNAL_TOKENS: `billing:${SERVICE_TOKEN}` }
    api = await startTestApi({ env })
    tools = ownDataTools(api)
  })
  afterAll(() => api.close())

  it.each([
    {},
    { confirm: false },
    { confirm: 'true' },
    { confirm: 1 },
    { confirm: true, x: 1 },
    [],
  ])('is not erased by the body %j', async (body) => {
    const { token } = await api.signIn('hesitant')
    expect(await tools.close(token, body)).toMatchObject({ status: 400, errno: 401 })
    expect(await api.info(token)).toMatchObject({ errno: 0 })
  })

  it('is erased when the account is closed, and every session ends', async () => {
    const { person, token, elsewhere, over, phone, openid } = await tools.newUser()
    const id = await tools.userIdOf(person)

    expect(await tools.close(token)).toMatchObject({ errno: 0, errmsg: '成功' })

    // The other devices must not sign in again by themselves: that would create a new account.
    expect(await api.info(token)).toMatchObject({ status: 401, errno: 501 })
    for (const other of [elsewhere, over]) {
      const refused = { status: 401, errno: 714, errmsg: '账号已在其他设备上注销' }
      expect(await api.info(other)).toMatchObject(refused)
    }
    expect(await tools.close(token)).toMatchObject({ status: 401, errno: 501 })
    const kept = JSON.stringify([
      tools.rows('SELECT * FROM wx_user WHERE id = ?', id),
      tools.rows('SELECT * FROM wx_session WHERE user_id = ?', id),
    ])
    for (const gone of [
      openid,
      phone,
      CANARY.nickName,
      CANARY.avatarUrl,
      '127.0.0.1',
      CANARY.deviceId,
      CANARY.deviceName,
    ]) {
      expect(kept).not.toContain(gone)
    }
    expect(tools.rows('SELECT * FROM wx_user WHERE id = ?', id)).toMatchObject([
      { status: 2, status_code: 'closed', nickname: '已注销用户' },
    ])
    expect(
      tools.rows('SELECT sealed_session_key AS sealed FROM wx_session WHERE user_id = ?', id),
    ).toEqual(Array(3).fill({ sealed: null }))
    expect(tools.rows('SELECT kind FROM login_event WHERE user_id = ?', id).at(-1)?.kind).toBe(
      'closed',
    )
  })

  it('does not return when the same person signs in again, as a new user who can bind the same number', async () => {
    const { person, token } = await tools.newUser()
    const id = await tools.userIdOf(person)
    await tools.close(token)

    const again = await api.signIn(person)

    expect(await tools.userIdOf(person)).not.toBe(id)
    expect(readToken(again.token).payload.sub).not.toBe(readToken(token).payload.sub)
    expect(again.userInfo.nickName).toMatch(/^普通用户\d{5}$/)
    const { data } = await tools.ask(again.token)
    expect([data.sessions.length, data.events.map(({ kind }) => kind)]).toEqual([1, ['login']])
    expect(await phoneTools(api).bindByCode(again.token, person)).toMatchObject({ errno: 0 })
    expect(await api.info(token)).toMatchObject({ errno: 501 })
  })

  it('of a closed account is out of reach for services, operators and later pushes', async () => {
    const { person, token, openid } = await tools.newUser()
    const id = await tools.userIdOf(person)
    await tools.close(token)
    const before = tools.rows('SELECT * FROM wx_user WHERE id = ?', id)
    const event = { Event: 'user_authorization_cancellation', AppID: TEST_APP.appid }

    const publicId = String(readToken(token).payload.sub)
    expect(await serviceCalls(api, SERVICE_TOKEN).openid(publicId)).toMatchObject({ errno: 708 })
    expect(await api.accounts.unfreeze({ appId: TEST_APP.appid, openid })).toBeNull()
    expect(await pushByHand(api, { ...event, OpenID: openid })).toBe(200)
    expect(tools.rows('SELECT * FROM wx_user WHERE id = ?', id)).toEqual(before)

    const again = await api.signIn(person)
    expect(await pushByHand(api, { ...event, OpenID: openid, CreateTime: 2 })).toBe(200)
    expect(await api.info(again.token)).toMatchObject({ errno: 704 })
    expect(tools.rows('SELECT * FROM wx_user WHERE id = ?', id)).toEqual(before)
  })

  it('of a frozen account can be neither exported nor erased, and the freeze stays', async () => {
    const { person, token, openid } = await tools.newUser()
    await api.accounts.freeze({ appId: TEST_APP.appid, openid }, { code: 'violation', note: NOTE })

    for (const answer of [await tools.ask(token), await tools.close(token)]) {
      expect(answer).toMatchObject({ status: 403, errno: 704 })
    }
    const freshCode = await api.codeOf(person)
    expect(await api.login({ code: freshCode })).toMatchObject({ errno: 704 })
    expect(tools.rows('SELECT status FROM wx_user WHERE weixin_openid = ?', openid)).toEqual([
      { status: 1 },
    ])
  })

  it('is in no file of the database after it is erased', async () => {
    const inFiles = async () => {
      const names = ['oa.db', 'oa.db-wal']
      const files = await Promise.all(
        names.map((name) => readFile(join(api.folder, name)).catch(() => Buffer.alloc(0))),
      )
      return Buffer.concat(files)
    }
    /** Enough rows for pages to be split, and for free space to stay where rows were. */
    const arrivals = Array.from({ length: 24 }, async (_, index) => {
      const person = `on-disk-${index}`
      const phone = String(13_776_543_210 + index)
      const nickName = `仅此一只金丝雀${index}号`
      await api.simulator.control.createPerson({ name: person, phone })
      const { token } = await api.signIn(person, { userInfo: { nickName }, deviceName: nickName })
      await phoneTools(api).bindByCode(token, person)
      return { token, traces: [nickName, phone, await openidOf(api, person)] }
    })
    const people = await Promise.all(arrivals)
    const before = await inFiles()
    for (const trace of people.flatMap(({ traces }) => traces)) {
      expect(before.includes(trace), trace).toBe(true)
    }

    for (const [index, { token }] of people.entries()) if (index % 2 === 0) await tools.close(token)

    const after = await inFiles()
    for (const [index, { traces }] of people.entries()) {
      for (const trace of traces) expect(after.includes(trace), trace).toBe(index % 2 === 1)
    }
  })

  it('is never logged', () => {
    const logged = api.logs.text()
    expect(logged).toContain('/wx/user/close_account')
    for (const secret of [
      CANARY.nickName,
      CANARY.avatarUrl,
      '139876000',
      CANARY.deviceName,
      NOTE,
    ]) {
      expect(logged).not.toContain(secret)
    }
  })
})
