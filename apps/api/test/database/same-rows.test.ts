import { join } from 'node:path'
import type { MariaDb, Redis } from '@oa/test-servers'
import { startRedis } from '@oa/test-servers'
import { describeWithServers } from '@oa/test-servers/vitest'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DatabaseOptions } from '../../src/infra/database/open-database.ts'
import type { Answer } from '../support/client.ts'
import { phoneTools } from '../support/phone.ts'
import type { TestApi } from '../support/start-test-api.ts'
import { openidOf, startTestApi, TEST_APP } from '../support/start-test-api.ts'
import { queryRows } from './query.ts'
import { sharedMariaDb } from './shared-mariadb.ts'

const TABLES = ['wx_user', 'wx_session', 'login_event']

/** What a day of two people makes the API do; resolves to all answers. */
const live = async (api: TestApi) => {
  const answers: Answer[] = []
  const keep = <T extends Answer>(answer: T) => {
    answers.push(answer)
    return answer
  }
  const call = async (path: string, token: string, body?: object, method = 'POST') =>
    keep(await api.call(path, { method, token, ...(body === undefined ? {} : { body }) }))
  const login = async (person: string, rest: object = {}) => {
    const body = { code: await api.codeOf(person), ...rest }
    return keep(await api.login(body)).data?.token ?? ''
  }
  const phones = phoneTools(api)
  await api.simulator.control.createPerson({ name: 'ming', phone: '13900000001' })
  await api.simulator.control.createPerson({ name: 'hong', phone: '13900000002' })

  const userInfo = { nickName: '小明😀', gender: 1, avatarUrl: 'https://thirdwx.qlogo.cn/a/132' }
  await login('ming', { userInfo, deviceId: 'phone-of-ming', deviceName: 'iPhone 15' })
  // The same device again replaces the session, another one joins it.
  const first = await login('ming', { deviceId: 'phone-of-ming' })
  const second = await login('ming', { deviceId: 'tablet-of-ming' })
  await call('/wx/auth/info', first, undefined, 'GET')
  await call('/wx/user/index', second, undefined, 'GET')
  const { code } = await phones.tap('ming')
  await call('/wx/auth/bind_phone', first, { code, endOtherSessions: true })
  await call('/wx/auth/info', second, undefined, 'GET')

  const hong = await login('hong')
  await call('/wx/auth/bind_phone', hong, { code: 'no-such-code' })
  await call('/wx/auth/login_by_weixin', '', { code: 'no-such-code' })
  await call('/wx/auth/logout', hong)
  await call('/wx/auth/info', hong, undefined, 'GET')
  const frozen = { appId: TEST_APP.appid, openid: await openidOf(api, 'hong') }
  await login('hong')
  await api.accounts.freeze(frozen, { code: 'violation', note: 'ticket 1' })
  await login('hong')
  await api.accounts.unfreeze(frozen)
  const back = await login('hong')
  const phoneCode = (await phones.tap('hong')).code
  await call('/wx/auth/login_by_phone', '', { code: await api.codeOf('hong'), phoneCode })
  await call('/wx/auth/logout_all', back)

  await call('/wx/user/data', first, undefined, 'GET')
  await call('/wx/user/close_account', first, { confirm: true })
  await login('ming')
  return answers
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
const TOKEN = /ey[\w-]+\.[\w-]+\.[\w-]+/g
const TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\.\d{3}(?:Z|\+00:00)?/g
const SEALED = /seal-1\.[\w-]+/g
const PLACEHOLDER = /普通用户\d{5}/g
const OPENID = /\bo[\w-]{27}\b/g

/** Numbers what is drawn at random in the order in which it appears, and leaves times out. */
const createPlain = () => {
  const seen = new Map<string, string>()
  const numbered = (kind: string) => (text: string) => {
    const name = seen.get(text) ?? `${kind}-${seen.size}`
    seen.set(text, name)
    return name
  }
  return (value: unknown) =>
    JSON.stringify(value, null, 1)
      .replaceAll(TOKEN, 'token')
      .replaceAll(SEALED, 'sealed')
      .replaceAll(TIME, 'time')
      .replaceAll(UUID, numbered('id'))
      .replaceAll(OPENID, numbered('openid'))
      .replaceAll(PLACEHOLDER, numbered('name'))
}

/** SQLite has no booleans and MariaDB returns small integers as such. */
const rowsOf = async (database: DatabaseOptions) => {
  const tables: Record<string, unknown> = {}
  for (const table of TABLES) {
    const order = table === 'wx_session' ? 'created_at, id' : 'id'
    const rows = await queryRows(database, `SELECT * FROM ${table} ORDER BY ${order}`)
    tables[table] = rows.map(({ request_id: _random, ...row }) =>
      Object.fromEntries(
        Object.entries(row)
          .map(([name, value]) => [name, value === null ? null : String(value)] as const)
          .sort(([one], [other]) => (one < other ? -1 : 1)),
      ),
    )
  }
  return tables
}

describeWithServers(['mariadb', 'redis'], 'a day of two people', () => {
  let mariadb: MariaDb
  let redis: Redis
  beforeAll(async () => {
    ;[mariadb, redis] = await Promise.all([sharedMariaDb(), startRedis()])
  })
  afterAll(() => redis.stop())

  const liveOn = async (env: NodeJS.ProcessEnv) => {
    const api = await startTestApi({ env: { ...env, SHUTDOWN_NOTICE_MS: '0' } })
    try {
      const answers = await live(api)
      const url = env.DATABASE_URL
      const database = url === undefined ? { file: join(api.folder, 'oa.db') } : { url }
      const plain = createPlain()
      return {
        answers: plain(answers.map(({ status, text }) => ({ status, body: JSON.parse(text) }))),
        rows: plain(await rowsOf(database)),
      }
    } finally {
      await api.close()
    }
  }

  it('leaves the same answers and rows on SQLite as on MariaDB with Redis', async () => {
    const embedded = await liveOn({})
    const served = await liveOn({
      DATABASE_URL: await mariadb.createDatabase(),
      REDIS_URL: redis.url,
    })

    expect(served.answers).toBe(embedded.answers)
    expect(served.rows).toBe(embedded.rows)
    expect(embedded.rows).toContain('"ended_reason": "logout_all"')
  })
})
