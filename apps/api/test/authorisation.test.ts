import type { Simulator } from '@oa/wechat-simulator'
import { startSimulator } from '@oa/wechat-simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pushByHand, signedQuery } from './support/push.ts'
import type { OpenApi, Row } from './support/route-table.ts'
import {
  callRow,
  EVERYTHING_ON,
  ROUTE_TABLE,
  ROWS,
  rowsFor,
  SERVICE_TOKEN,
} from './support/route-table.ts'
import type { TestApi } from './support/start-test-api.ts'
import { openidOf, startTestApi, TEST_APP } from './support/start-test-api.ts'

const OTHER_APP = { appid: 'wx2222222222222222', secret: '22'.repeat(16) }

describe('authorisation', () => {
  let simulator: Simulator
  let api: TestApi
  let callers: Record<string, Record<string, string>>
  beforeAll(async () => {
    simulator = await startSimulator({ apps: [TEST_APP, OTHER_APP] })
    api = await startTestApi({ simulator, env: EVERYTHING_ON })
    callers = {
      'an anonymous caller': {},
      'a service': { 'x-oa-service-token': SERVICE_TOKEN },
      'a signed-in user': token((await api.signIn('alice')).token),
      'a service token in the header for users': token(SERVICE_TOKEN),
      'a user token in the header for services': {
        'x-oa-service-token': (await api.signIn('poser')).token,
      },
      'a signed-out user': token(await signedOut()),
      'a user of another mini-program': token(await ofAnotherApp()),
      'a frozen user': token(await frozen()),
      'a user whose account is closed': token(await closed()),
    }
  })
  afterAll(async () => {
    await api.close()
    await simulator.close()
  })

  const token = (text: string) => ({ 'x-oa-token': text })
  const signedOut = async () => {
    const { token: text } = await api.signIn('signed-out')
    await api.logout(text)
    return text
  }
  /** The other API keeps its users in the same database, and signs with the same keys. */
  const ofAnotherApp = async () => {
    const { appid, secret } = OTHER_APP
    const other = await startTestApi({
      simulator,
      env: { ...api.env, WX_APPID: appid, WX_SECRET: secret },
      migrate: false,
    })
    await simulator.control.createPerson({ name: 'stranger' })
    const { code } = await simulator.control.login({ appid, person: 'stranger' })
    const { data } = await other.login({ code })
    expect(await other.info(data.token)).toMatchObject({ errno: 0 })
    await other.close()
    return data.token
  }
  const frozen = async () => {
    const { token: text } = await api.signIn('frozen')
    const openid = await openidOf(api, 'frozen')
    await api.accounts.freeze({ appId: TEST_APP.appid, openid }, { text: '违反社区规定' })
    return text
  }
  const closed = async () => {
    const { token: text } = await api.signIn('closed')
    const OpenID = await openidOf(api, 'closed')
    const Event = 'user_authorization_cancellation'
    expect(await pushByHand(api, { Event, OpenID, AppID: TEST_APP.appid })).toBe(200)
    return text
  }
  const call = (row: Row, headers: Record<string, string>, id?: string) =>
    callRow(api, row, headers, id)

  it('has a line in the route table for every route', async () => {
    const { paths } = (await api.app.inject('/docs/json')).json<OpenApi>()
    const found = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(found.sort()).toEqual(Object.keys(ROUTE_TABLE).sort())
  })

  it.each([
    ['an anonymous caller', 401, 501],
    ['a service', 401, 501],
    ['a service token in the header for users', 401, 501],
    ['a user token in the header for services', 401, 501],
    ['a signed-out user', 401, 501],
    ['a user of another mini-program', 401, 501],
    ['a frozen user', 403, 704],
    ['a user whose account is closed', 403, 704],
  ])('denies %s every route for users', async (who, status, errno) => {
    for (const row of rowsFor('user')) {
      const answer = await call(row, callers[who] ?? {})
      expect([row.route, answer.statusCode, answer.json().errno]).toEqual([
        row.route,
        status,
        errno,
      ])
      expect(answer.json()).not.toHaveProperty('data')
    }
  })

  it.each([
    'an anonymous caller',
    'a signed-in user',
    'a service token in the header for users',
    'a user token in the header for services',
    'a user of another mini-program',
    'a frozen user',
  ])('denies %s every route for services and for WeChat', async (who) => {
    for (const row of rowsFor('service', 'wechat')) {
      const answer = await call(row, callers[who] ?? {})
      expect([row.route, answer.statusCode]).toEqual([row.route, 401])
    }
  })

  it('accepts no service token in place of the signature of WeChat', async () => {
    for (const row of rowsFor('wechat')) {
      expect((await call(row, callers['a service'] ?? {})).statusCode).toBe(401)
      const path =
        row.path + signedQuery(undefined, 'another-nonce').replace('signature=', 'signature=0')
      expect((await call({ ...row, path }, callers['a service'] ?? {})).statusCode).toBe(401)
    }
  })

  it.each(rowsFor('public', 'user', 'service'))(
    'admits the callers that $route is for',
    async (row) => {
      // A user of its own: WeChat limits how often one signs in within a minute.
      const person = `rightful-${ROWS.findIndex(({ route }) => route === row.route)}`
      const here = await api.signIn(person)
      const there = await api.signIn(person)
      const { id } = (await api.info(there.token)).data.session
      const headers = { ...token(here.token), 'x-oa-service-token': SERVICE_TOKEN }

      const answer = await call(row, headers, id)

      if (row.page) return expect(answer.headers['content-type']).toContain('text/html')
      return expect(answer.json()).toMatchObject({ [row.foreign ? 'code' : 'errno']: row.errno })
    },
  )

  it.each(rowsFor('user').filter(({ path, removes }) => path.includes('{id}') && !removes))(
    'answers for a session of another user as for an unknown one: $route',
    async (row) => {
      const mallory = token((await api.signIn('mallory')).token)
      const victim = await api.signIn('victim')
      const { id } = (await api.info(victim.token)).data.session

      const [foreign, unknown] = [await call(row, mallory, id), await call(row, mallory)]

      expect([foreign.statusCode, foreign.json().errno]).toEqual([404, 708])
      expect(foreign.body).toBe(unknown.body)
      expect(await api.info(victim.token)).toMatchObject({ errno: 0 })
    },
  )

  it.each(rowsFor('user'))(
    'takes the identity of the caller from the token alone: $route',
    async (row) => {
      const victim = await api.signIn('victim-of-names', { userInfo: { nickName: '受害者' } })
      const openid = await openidOf(api, 'victim-of-names')
      const { token: text } = await api.signIn('liar', { userInfo: { nickName: '骗子' } })
      const path = `${row.path}?openid=${openid}&userId=1&user_id=1&token=${victim.token}`

      for (const field of row.body === undefined ? [] : ['openid', 'userId', 'unionid', 'status']) {
        const refused = await call({ ...row, body: { ...row.body, [field]: openid } }, token(text))
        expect([refused.statusCode, refused.json().errno]).toEqual([400, 401])
      }
      // Last, because some routes end the session of the caller.
      const answer = await call({ ...row, path }, token(text))

      expect(answer.body).not.toContain('受害者')
      expect(await api.info(victim.token)).toMatchObject({ errno: 0 })
    },
  )
})
