import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OpenApi } from './support/route-table.ts'
import { callRow, EVERYTHING_ON, namesIn, ROWS } from './support/route-table.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi } from './support/start-test-api.ts'

/** All that a person, or who asks how the server is, can be told. */
const TOLD = [
  ...['avatarUrl', 'createdAt', 'current', 'data', 'deviceCount', 'deviceName', 'ended'],
  ...['endedSessions', 'errmsg', 'errno', 'expiresAt', 'gender', 'id', 'ip', 'lastLoginAt'],
  ...['lastSeenAt', 'memberSince', 'mobile', 'nickName', 'session', 'sessions', 'token'],
  ...['tokenExpire', 'userInfo'],
  ...['checks', 'database', 'redis', 'wechat'],
]
const TOLD_TO_SERVICES = ['access_token', 'disabled', 'expires_in', 'msgId', 'openid', 'unionid']
/** What a person is told who asks for all that is kept about him. */
const OWN_DATA = [
  ...['data', 'errmsg', 'errno', 'exportedAt', 'account', 'sessions', 'events', 'eventsComplete'],
  ...['publicId', 'openid', 'unionid', 'nickName', 'avatarUrl', 'gender', 'birthday', 'mobile'],
  ...['phone', 'phoneBoundAt', 'memberSince', 'lastLoginAt', 'lastLoginIp'],
  ...['id', 'deviceName', 'createdAt', 'lastSeenAt', 'expiresAt', 'endedAt', 'endedReason'],
  ...['current', 'at', 'kind', 'outcome', 'ip', 'userAgent'],
]

const listenerOf = (path: string) => {
  if (path.startsWith('/internal/')) return 'services'
  return path === '/wx/user/data' ? 'who asks for all of it' : 'people'
}

describe('answers', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await startTestApi({ env: EVERYTHING_ON })
  })
  afterAll(() => api.close())

  it.each<[string, string[]]>([
    ['people', TOLD],
    ['who asks for all of it', OWN_DATA],
    ['services', ['data', 'errmsg', 'errno', ...TOLD_TO_SERVICES]],
  ])('tell %s these fields and no other', async (whom, told) => {
    const { paths } = (await api.app.inject('/docs/json')).json<OpenApi>()
    const schemas = Object.entries(paths)
      .filter(([path]) => listenerOf(path) === whom)
      .flatMap(([, methods]) => Object.values(methods))
      .flatMap(({ responses }) => Object.values(responses))
      .flatMap(({ content = {} }) => Object.values(content).map(({ schema }) => schema ?? {}))

    expect([...new Set(schemas.flatMap(namesIn))].sort()).toEqual(told.sort())
  })

  it.each(ROWS)('set no cookie and let no other site in: $route', async (row) => {
    const headers = {
      origin: 'https://evil.example',
      cookie: 'token=x',
      'access-control-request-method': row.method,
    }
    for (const method of [row.method, 'OPTIONS']) {
      const answer = await callRow(api, { ...row, method }, headers)
      expect(Object.keys(answer.headers).join()).not.toMatch(/set-cookie|access-control/)
    }
  })
})
