import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pushByHand, signedQuery } from './support/push.ts'
import type { OpenApi, Row } from './support/route-table.ts'
import {
  callRow,
  EVERYTHING_ON,
  ROUTE_TABLE,
  rowsFor,
  SERVICE_TOKEN,
} from './support/route-table.ts'
import type { TestApi } from './support/start-test-api.ts'
import { openidOf, startTestApi, TEST_APP } from './support/start-test-api.ts'

describe('who may do what', () => {
  let api: TestApi
  let callers: Record<string, Record<string, string>>
  beforeAll(async () => {
    api = await startTestApi({ env: EVERYTHING_ON })
    callers = {
      nobody: {},
      'a service': { 'x-oa-service-token': SERVICE_TOKEN },
      'somebody signed in': token((await api.signIn('alice')).token),
      'a service as if it were a person': token(SERVICE_TOKEN),
      'a person as if he were a service': {
        'x-oa-service-token': (await api.signIn('poser')).token,
      },
      'somebody signed out': token(await signedOut()),
      'somebody frozen': token(await frozen()),
      'somebody who closed the account': token(await closed()),
    }
  })
  afterAll(() => api.close())

  const token = (text: string) => ({ 'x-oa-token': text })
  const signedOut = async () => {
    const { token: text } = await api.signIn('signed-out')
    await api.logout(text)
    return text
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

  it('is written down for every route there is', async () => {
    const { paths } = (await api.app.inject('/docs/json')).json<OpenApi>()
    const found = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(found.sort()).toEqual(Object.keys(ROUTE_TABLE).sort())
  })

  it.each([
    ['nobody', 401, 501],
    ['a service', 401, 501],
    ['a service as if it were a person', 401, 501],
    ['a person as if he were a service', 401, 501],
    ['somebody signed out', 401, 501],
    ['somebody frozen', 403, 704],
    ['somebody who closed the account', 403, 704],
  ])("lets %s do nothing of a person's", async (who, status, errno) => {
    for (const row of rowsFor('person')) {
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
    'nobody',
    'somebody signed in',
    'a service as if it were a person',
    'a person as if he were a service',
    'somebody frozen',
  ])("lets %s do nothing of a service's, nor of WeChat's", async (who) => {
    for (const row of rowsFor('service', 'wechat')) {
      const answer = await call(row, callers[who] ?? {})
      expect([row.route, answer.statusCode]).toEqual([row.route, 401])
    }
  })

  it('lets nobody be WeChat by a token', async () => {
    for (const row of rowsFor('wechat')) {
      expect((await call(row, callers['a service'] ?? {})).statusCode).toBe(401)
      const path =
        row.path + signedQuery(undefined, 'somebody-else').replace('signature=', 'signature=0')
      expect((await call({ ...row, path }, callers['a service'] ?? {})).statusCode).toBe(401)
    }
  })

  it.each(rowsFor('anybody', 'person', 'service'))('lets who may use it $route', async (row) => {
    const here = await api.signIn('rightful')
    const there = await api.signIn('rightful')
    const { id } = (await api.info(there.token)).data.session
    const headers = { ...token(here.token), 'x-oa-service-token': SERVICE_TOKEN }

    const answer = await call(row, headers, id)

    expect(answer.json()).toMatchObject({ errno: row.errno })
  })

  it.each(rowsFor('person').filter(({ path }) => path.includes('{id}')))(
    "treats somebody else's as unknown: $route",
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

  it.each(rowsFor('person'))('does not ask the caller who he is: $route', async (row) => {
    const victim = await api.signIn('victim-of-names', { userInfo: { nickName: '受害者' } })
    const openid = await openidOf(api, 'victim-of-names')
    const { token: text } = await api.signIn('liar', { userInfo: { nickName: '骗子' } })
    const path = `${row.path}?openid=${openid}&userId=1&user_id=1&token=${victim.token}`

    for (const field of row.body === undefined ? [] : ['openid', 'userId', 'unionid', 'status']) {
      const told = await call({ ...row, body: { ...row.body, [field]: openid } }, token(text))
      expect([told.statusCode, told.json().errno]).toEqual([400, 401])
    }
    // Last, because some routes end what the caller is known by.
    const answer = await call({ ...row, path }, token(text))

    expect(answer.body).not.toContain('受害者')
    expect(await api.info(victim.token)).toMatchObject({ errno: 0 })
  })
})
