import type { ApiRoutes } from '@oa/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawToken } from './support/internal.ts'
import { PUSH_TOKEN } from './support/push.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi, TEST_APP } from './support/start-test-api.ts'

type MethodsOf<Path extends keyof ApiRoutes> = Record<keyof ApiRoutes[Path], 'public' | 'private'>

/** The compiler keeps this list complete: a route of the contract without a line does not compile. */
const ROUTES: { [Path in keyof ApiRoutes]: MethodsOf<Path> } = {
  '/wx/auth/login_by_weixin': { POST: 'public' },
  '/wx/auth/login_by_phone': { POST: 'public' },
  '/wx/auth/logout': { POST: 'private' },
  '/wx/auth/logout_all': { POST: 'private' },
  '/wx/auth/sessions': { GET: 'private' },
  '/wx/auth/sessions/:id': { DELETE: 'private' },
  '/wx/auth/new_devices_seen': { POST: 'private' },
  '/wx/auth/bind_phone': { POST: 'private' },
  '/wx/auth/info': { GET: 'private' },
  '/wx/user/index': { GET: 'private' },
  '/wx/user/profile': { GET: 'private', PATCH: 'private', POST: 'private' },
  '/wx/user/avatar': { POST: 'private' },
  '/wx/user/share': { GET: 'private' },
  '/wx/notice/consents': { GET: 'private', POST: 'private' },
  '/wx/user/data': { GET: 'private' },
  '/wx/user/close_account': { POST: 'private' },
  '/wx/org/invitation': { GET: 'public' },
  '/wx/org/join': { POST: 'private' },
  '/wx/org/mine': { GET: 'private' },
  '/wx/org/leave': { POST: 'private' },
  '/wx/org/members': { GET: 'private' },
  '/wx/org/departments': { GET: 'private' },
  '/wx/admin/invitations': { GET: 'private', POST: 'private' },
  '/wx/admin/invitations/:id': { DELETE: 'private' },
  '/wx/admin/invitations/:id/code': { POST: 'private' },
  '/wx/admin/join_requests': { GET: 'private' },
  '/wx/admin/join_requests/:id/decide': { POST: 'private' },
  '/wx/admin/members': { GET: 'private' },
  '/wx/admin/members/:id': { GET: 'private', POST: 'private' },
  '/wx/admin/departments': { POST: 'private' },
  '/wx/admin/departments/:id': { POST: 'private', DELETE: 'private' },
  '/wx/admin/notices': { POST: 'private' },
  '/wx/admin/policy': { GET: 'private', POST: 'private' },
  '/wx/admin/meetings': { GET: 'private' },
  '/wx/admin/audit': { GET: 'private' },
  '/wx/home/index': { GET: 'public' },
  '/wx/meeting/list': { GET: 'private' },
  '/wx/meeting': { POST: 'private' },
  '/wx/meeting/:id': { GET: 'private' },
  '/wx/meeting/:id/people': { GET: 'private' },
  '/wx/meeting/:id/update': { POST: 'private' },
  '/wx/meeting/:id/submit': { POST: 'private' },
  '/wx/meeting/:id/audit': { POST: 'private' },
  '/wx/meeting/:id/withdraw': { POST: 'private' },
  '/wx/meeting/:id/start': { POST: 'private' },
  '/wx/meeting/:id/extend': { POST: 'private' },
  '/wx/meeting/:id/end': { POST: 'private' },
  '/wx/meeting/:id/cancel': { POST: 'private' },
  '/wx/meeting/:id/delete': { POST: 'private' },
  '/wx/meeting/:id/copy': { POST: 'private' },
  '/wx/meeting/:id/seen': { POST: 'private' },
  '/wx/meeting/:id/reply': { POST: 'private' },
  '/wx/meeting/:id/remind': { POST: 'private' },
  '/wx/meeting/:id/check_in_code': { GET: 'private' },
  '/wx/meeting/check_in': { POST: 'private' },
  '/wx/meeting/:id/check_in_by_hand': { POST: 'private' },
  '/wx/meeting/:id/live': { GET: 'private' },
  '/wx/meeting/:id/screen': { POST: 'private', DELETE: 'private' },
  '/wx/room/list': { GET: 'private' },
  '/wx/room/free': { GET: 'private' },
  '/wx/room/:id/day': { GET: 'private' },
  '/wx/admin/rooms': { POST: 'private' },
  '/wx/admin/rooms/:id': { POST: 'private' },
  '/wx/vote/list': { GET: 'private' },
  '/wx/vote': { POST: 'private' },
  '/wx/vote/:id': { GET: 'private' },
  '/wx/vote/:id/update': { POST: 'private' },
  '/wx/vote/:id/open': { POST: 'private' },
  '/wx/vote/:id/close': { POST: 'private' },
  '/wx/vote/:id/cancel': { POST: 'private' },
  '/wx/vote/:id/cast': { POST: 'private' },
  '/wx/vote/:id/electors': { GET: 'private' },
  '/wx/vote/:id/ballots': { GET: 'private' },
  '/wx/notice/list': { GET: 'private' },
  '/wx/notice/read': { POST: 'private' },
}

/** Outside the contract: for clients of another article, on by default. */
const COMPAT = 'POST /api/user/wxLogin'
/** Outside the contract: the routes for WeChat and for other services, which exist when configured. */
const INTERNAL = {
  'POST /internal/wechat/access_token': 'service',
  'GET /internal/wechat/openid/{publicId}': 'service',
  'POST /internal/wechat/subscribe_message': 'service',
  'POST /internal/wechat/custom_message': 'service',
  'GET /wx/push': 'wechat',
  'POST /wx/push': 'wechat',
  'GET /wx/push/{appid}': 'wechat',
  'POST /wx/push/{appid}': 'wechat',
} as const
const ALL_ON = {
  DOCS: 'true',
  WX_PUSH_TOKEN: PUSH_TOKEN,
  INTERNAL_TOKENS: `billing:${drawToken()}`,
}

const LISTED = Object.entries(ROUTES).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, access]) => ({ method, path, access })),
)
const SOME_ID = '01938a5e-7c1d-7000-8000-000000000001'
const fill = (path: string) => path.replace(':id', SOME_ID)
/** Also by a route with a parameter in that place. */
const isServed = (method: string, url: string) =>
  LISTED.some(
    (route) =>
      route.method === method && RegExp(`^${route.path.replace(':id', '[^/]+')}$`).test(url),
  )

type Operation = { responses: Record<string, unknown>; security?: unknown }
type OpenApi = { openapi: string; paths: Record<string, Record<string, Operation>> }

describe('the routes', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await startTestApi({ env: { DOCS: 'true' } })
  })
  afterAll(() => api.close())

  const document = async () => (await api.app.inject('/docs/json')).json<OpenApi>()

  it('are exactly those of the contract, plus health, pictures and the one for other clients', async () => {
    const { paths } = await document()
    const found = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const expected = LISTED.map(({ method, path }) => `${method} ${path.replace(':id', '{id}')}`)

    const pages = ['', '/state', '/picture'].map((part) => `GET /screen/{token}${part}`)
    const beside = [COMPAT, 'GET /livez', 'GET /readyz', 'GET /wx/pictures/{file}', ...pages]
    expect(found.sort()).toEqual([...expected, ...beside].sort())
  })

  it('for WeChat and for services exist when configured, each behind its own guard', async () => {
    const open = await startTestApi({ env: ALL_ON })
    const { paths } = (await open.app.inject('/docs/json')).json<OpenApi>()
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const,
      ),
    )
    const found = operations.filter(
      ([name]) =>
        !/ \/(?:wx\/(?:auth|user|org|admin|home|meeting|vote|room|notice|pictures)|api\/user|livez|readyz|screen)/.test(
          name,
        ),
    )
    expect(found.map(([name]) => name).sort()).toEqual(Object.keys(INTERNAL).sort())
    for (const [name, { security, responses }] of found) {
      const isForServices = INTERNAL[name as keyof typeof INTERNAL] === 'service'
      expect(security).toEqual(isForServices ? [{ serviceToken: [] }] : undefined)
      if (isForServices) expect(Object.keys(responses).sort()).toEqual(['200', '4XX', '5XX'])
      const [method = '', path = ''] = name.split(' ')
      const url = path.replace('{publicId}', SOME_ID).replace('{appid}', TEST_APP.appid)
      const { statusCode } = await open.app.inject({ method: method as 'GET', url })
      expect(statusCode, name).toBe(401)
    }
    await open.close()
  })

  it('document success and failures, and private ones their guard', async () => {
    const { openapi, paths } = await document()

    expect(openapi).toBe('3.1.0')
    for (const { method, path, access } of LISTED) {
      const operation = paths[path.replace(':id', '{id}')]?.[method.toLowerCase()]
      expect(Object.keys(operation?.responses ?? {}).sort()).toEqual(['200', '4XX', '5XX'])
      expect(operation?.security !== undefined).toBe(access === 'private')
    }
  })

  it.each(LISTED)('answer 405 to methods other than $method on $path', async ({ path }) => {
    const methods = Object.keys(ROUTES[path as keyof ApiRoutes])
    for (const method of ['PUT', 'PATCH', 'TRACE', 'GET', 'POST', 'DELETE']) {
      if (isServed(method, fill(path))) continue
      const answer = await api.app.inject({ method: method as 'PUT', url: fill(path) })
      expect([answer.statusCode, answer.json().errno]).toEqual([405, 709])
      expect(answer.headers.allow).toContain(methods[0])
    }
    const options = await api.app.inject({ method: 'OPTIONS', url: fill(path) })
    expect([options.statusCode, options.body]).toEqual([204, ''])
  })

  it('answer HEAD as GET without a body', async () => {
    const { token } = await api.signIn('header')
    const head = await api.call('/wx/auth/info', { method: 'HEAD', token })
    expect([head.status, head.text]).toEqual([200, ''])
  })

  it.each([
    '/',
    '/wx',
    '/wx/auth',
    '/wx/auth/info/',
    '/WX/auth/info',
    '/wx/auth/sessions/',
    '/.git/config',
  ])('do not include %s', async (path) => {
    expect(await api.call(path)).toMatchObject({ status: 404, errno: 503 })
  })

  it('send JSON with no-store and nosniff', async () => {
    for (const path of ['/wx/auth/info', '/none', '/livez', '/readyz']) {
      const { headers } = await api.call(path)
      expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
      expect(headers.get('server') ?? headers.get('x-powered-by')).toBeNull()
    }
  })

  it("return the caller's request id when it is well-formed", async () => {
    const headers = { 'x-request-id': 'trace-0123456789' }
    expect((await api.call('/livez', { headers })).headers.get('x-request-id')).toBe(
      'trace-0123456789',
    )
    const evil = { 'x-request-id': '<script>alert(1)</script>' }
    expect((await api.call('/livez', { headers: evil })).headers.get('x-request-id')).toMatch(
      /^[0-9a-f-]{36}$/,
    )
  })

  it('serve their documentation with a content security policy of its own', async () => {
    const page = await api.app.inject('/docs/')
    expect(page.statusCode).toBe(200)
    expect(page.headers['content-security-policy']).toContain("script-src 'self'")
    expect(page.headers['content-security-policy']).not.toContain('unsafe-eval')
  })

  it('serve no documentation when DOCS is false', async () => {
    const closed = await startTestApi({ env: { DOCS: 'false' } })
    expect(await closed.call('/docs')).toMatchObject({ status: 404, errno: 503 })
    await closed.close()
  })
})
