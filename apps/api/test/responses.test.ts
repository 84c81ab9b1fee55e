import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OpenApi } from './support/route-table.ts'
import { callRow, EVERYTHING_ON, namesIn, ROWS } from './support/route-table.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi } from './support/start-test-api.ts'

/** Every field of the routes for users and of the health routes. */
const FOR_USERS = [
  ...['avatarUrl', 'createdAt', 'current', 'data', 'deviceCount', 'deviceName', 'ended'],
  ...['endedSessions', 'errmsg', 'errno', 'expiresAt', 'gender', 'id', 'ip', 'lastLoginAt'],
  ...['lastSeenAt', 'memberSince', 'mobile', 'nickName', 'session', 'sessions', 'token'],
  ...['shareId', 'tokenExpire', 'userInfo', 'userLevel'],
  ...['birthday', 'version', 'pictureState', 'notice'],
  ...['checks', 'database', 'redis', 'wechat'],
]
/** In the envelope of clients of another article; `data` is the token. */
const FOR_FOREIGN_CLIENTS = ['code', 'message', 'data']
const FOR_SERVICES = ['access_token', 'disabled', 'expires_in', 'msgId', 'openid', 'unionid']
/** Every field of the export of own data. */
const OF_EXPORT = [
  ...['data', 'errmsg', 'errno', 'exportedAt', 'account', 'sessions', 'events', 'eventsComplete'],
  ...['publicId', 'openid', 'unionid', 'nickName', 'avatarUrl', 'gender', 'birthday', 'mobile'],
  ...['phone', 'phoneBoundAt', 'memberSince', 'lastLoginAt', 'lastLoginIp'],
  ...['id', 'deviceName', 'createdAt', 'lastSeenAt', 'expiresAt', 'endedAt', 'endedReason'],
  ...['current', 'at', 'kind', 'outcome', 'ip', 'userAgent', 'userLevel', 'invited'],
  ...['pendingAvatarUrl', 'profileNotice'],
]

const listenerOf = (path: string) => {
  if (path.startsWith('/internal/')) return 'services'
  if (path.startsWith('/api/')) return 'clients of another article'
  return path === '/wx/user/data' ? 'a user who exports own data' : 'users'
}

describe('responses', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await startTestApi({ env: EVERYTHING_ON })
  })
  afterAll(() => api.close())

  it.each<[string, string[]]>([
    ['users', FOR_USERS],
    ['a user who exports own data', OF_EXPORT],
    ['clients of another article', FOR_FOREIGN_CLIENTS],
    ['services', ['data', 'errmsg', 'errno', ...FOR_SERVICES]],
  ])('to %s have exactly the listed fields', async (whom, fields) => {
    const { paths } = (await api.app.inject('/docs/json')).json<OpenApi>()
    const schemas = Object.entries(paths)
      .filter(([path]) => listenerOf(path) === whom)
      .flatMap(([, methods]) => Object.values(methods))
      .flatMap(({ responses }) => Object.values(responses))
      .flatMap(({ content = {} }) => Object.values(content).map(({ schema }) => schema ?? {}))

    expect([...new Set(schemas.flatMap(namesIn))].sort()).toEqual(fields.sort())
  })

  it.each(ROWS)('set no cookie and allow no other origin: $route', async (row) => {
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
