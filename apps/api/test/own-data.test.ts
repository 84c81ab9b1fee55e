import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readToken } from './support/forge-token.ts'
import { drawToken, serviceCalls } from './support/internal.ts'
import { CANARY, ownDataTools } from './support/own-data.ts'
import { phoneTools } from './support/phone.ts'

import { PUSH_TOKEN } from './support/push.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi, TEST_APP } from './support/start-test-api.ts'

const SERVICE_TOKEN = drawToken()

describe('the export of own data', () => {
  let api: TestApi
  let tools: ReturnType<typeof ownDataTools>
  beforeAll(async () => {
    const env = { WX_PUSH_TOKEN: PUSH_TOKEN, INTERNAL_TOKENS: `billing:${SERVICE_TOKEN}` }
    api = await startTestApi({ env })
    tools = ownDataTools(api)
  })
  afterAll(() => api.close())

  it('contains everything that is kept about the user', async () => {
    const { person, token, phone, openid } = await tools.newUser()
    const id = await tools.userIdOf(person)
    tools.run(
      `UPDATE wx_user SET unionid = 'oUnion', birthday = '1990-01-31T00:00:00.000+00:00',
         mobile = '021-555' WHERE id = ?`,
      id,
    )

    const { data, errno, text } = await tools.ask(token)

    expect(errno).toBe(0)
    expect(data.account).toEqual({
      publicId: readToken(token).payload.sub,
      openid,
      unionid: 'oUnion',
      nickName: CANARY.nickName,
      avatarUrl: CANARY.avatarUrl,
      pendingAvatarUrl: '',
      profileNotice: null,
      gender: 2,
      birthday: '1990-01-31',
      mobile: '021-555',
      phone: `86-${phone}`,
      phoneBoundAt: expect.stringMatching(/Z$/),
      memberSince: expect.stringMatching(/Z$/),
      lastLoginAt: expect.stringMatching(/Z$/),
      lastLoginIp: '127.0.0.1',
      userLevel: 0,
      invited: false,
    })
    expect(data.sessions.map(({ endedReason, current }) => [endedReason, current])).toEqual([
      ['logout', false],
      [null, false],
      [null, true],
    ])
    expect(data.sessions[2]).toMatchObject({ deviceName: CANARY.deviceName, ip: '127.0.0.1' })
    expect(data.events.map(({ kind }) => kind)).toEqual([
      ...['phone_bound', 'logout', 'login', 'login', 'login'],
    ])
    expect(data.eventsComplete).toBe(true)
    expect(text).not.toMatch(/session_?key|sealed/i)
    expect(tools.rows('SELECT kind FROM login_event WHERE user_id = ?', id).at(-1)?.kind).toBe(
      'exported',
    )
  })

  it('names the agreement that the user had agreed to, whichever way they signed in', async () => {
    const { person, token } = await tools.newUser()
    expect((await tools.ask(token)).data.agreements).toEqual([])

    const first = await api.signIn(person, { agreement: '2026-11-30' })
    await phoneTools(api).signInByPhone(person, { agreement: '2027-01-01' })
    const { agreements } = (await tools.ask(first.token)).data

    expect(agreements.map(({ version }) => version)).toEqual(['2027-01-01', '2026-11-30'])
    expect(agreements[1]?.agreedAt).toMatch(/Z$/)
  })

  it.each(['', 'a b', '2026-11-30\n', 'x'.repeat(33)])(
    'takes no agreement by the name %j',
    async (agreement) => {
      const answer = await api.login({ code: await api.codeOf('reader'), agreement })
      expect(answer).toMatchObject({ status: 400, errno: 401 })
    },
  )

  it('contains nothing about other users, and no address of a service that asked', async () => {
    const { token } = await tools.newUser()
    const other = await tools.newUser()
    await serviceCalls(api, SERVICE_TOKEN).openid(String(readToken(token).payload.sub))

    const { data, text } = await tools.ask(token)

    expect(data.events[0]).toMatchObject({
      kind: 'service_call',
      ip: '',
      userAgent: 'service billing',
    })
    expect(data.sessions).toHaveLength(3)
    for (const foreign of [other.openid, other.phone, readToken(other.token).payload.sid]) {
      expect(text).not.toContain(foreign)
    }
  })

  it('says when it leaves out login events', async () => {
    const { person, token } = await tools.newUser()
    const id = await tools.userIdOf(person)
    const have = tools.rows('SELECT id FROM login_event WHERE user_id = ?', id).length
    tools.withDatabase((database) => {
      const insert = database.prepare(
        `INSERT INTO login_event (at, kind, outcome, appid, user_id, ip, user_agent, request_id)
         VALUES ('2020-01-01T00:00:00.000+00:00', 'login', 'ok', ?, ?, '', '', '')`,
      )
      for (let count = have; count < 1_000; count += 1) insert.run(TEST_APP.appid, id)
    })

    const [full, more] = [await tools.ask(token), await tools.ask(token)]

    expect([full.data.events.length, full.data.eventsComplete]).toEqual([1_000, true])
    // The first export has itself left an event.
    expect([more.data.events.length, more.data.eventsComplete]).toEqual([1_000, false])
    expect(more.data.events[0]?.kind).toBe('exported')
  })

  it('is limited to five an hour', async () => {
    const { token } = await tools.newUser()
    for (let time = 0; time < 5; time += 1)
      expect(await tools.ask(token)).toMatchObject({ errno: 0 })

    const refused = await tools.ask(token)

    expect(refused).toMatchObject({ status: 429, errno: 706 })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_000)
  })

  it('needs a sign-in within the last five minutes, as does closing the account', async () => {
    const { token, elsewhere } = await tools.newUser()
    tools.makeOld(elsewhere)

    expect(await tools.ask(elsewhere)).toMatchObject({ status: 401, errno: 715 })
    expect(await tools.close(elsewhere)).toMatchObject({ status: 401, errno: 715 })
    expect(await api.info(token)).toMatchObject({ errno: 0 })
    const { events } = (await tools.ask(token)).data
    expect(events.slice(0, 2)).toMatchObject([
      { kind: 'close_refused', outcome: 'FRESH_LOGIN_REQUIRED' },
      { kind: 'export_refused', outcome: 'FRESH_LOGIN_REQUIRED' },
    ])
  })
})
