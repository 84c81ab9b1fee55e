import { drawToken } from './internal.ts'
import { PUSH_TOKEN } from './push.ts'
import type { TestApi } from './start-test-api.ts'

/** Who may call a route: any caller, a signed-in user, a service of the company, or WeChat by signature. */
export type Access = 'public' | 'user' | 'service' | 'wechat'

export type RouteRow = {
  access: Access
  body?: object
  /** What a permitted caller gets with these arguments. */
  errno: number
  /** Its answers carry the errno as `code`, in the envelope of other clients. */
  foreign?: true
}

const NO_SUCH = 708
const CODE_INVALID = 701
const PHONE_CODE_INVALID = 718
const PUBLIC_ID = '{publicId}'
const STALE = 504
const UNSUPPORTED_MEDIA_TYPE = 711
const EDIT = { version: '2026-01-01T00:00:00.000Z', gender: 1 }
const PICTURE = `${'0'.repeat(32)}-640.webp`
const TEXT = { type: 'text', content: '你好' }

/** Every operation of the OpenAPI document while every feature is on. A new route needs a line here. */
export const ROUTE_TABLE: Record<string, RouteRow> = {
  'GET /livez': { access: 'public', errno: 0 },
  'GET /readyz': { access: 'public', errno: 0 },
  'POST /wx/auth/login_by_weixin': {
    access: 'public',
    body: { code: 'no-such-code' },
    errno: CODE_INVALID,
  },
  'POST /wx/auth/login_by_phone': {
    access: 'public',
    body: { code: 'no-such-code', phoneCode: 'no-such-code' },
    errno: CODE_INVALID,
  },
  'POST /api/user/wxLogin': {
    access: 'public',
    body: { jsCode: 'no-such-code' },
    errno: CODE_INVALID,
    foreign: true,
  },
  'GET /wx/auth/info': { access: 'user', errno: 0 },
  'GET /wx/auth/sessions': { access: 'user', errno: 0 },
  'DELETE /wx/auth/sessions/{id}': { access: 'user', errno: 0 },
  'POST /wx/auth/logout': { access: 'user', errno: 0 },
  'POST /wx/auth/logout_all': { access: 'user', errno: 0 },
  'POST /wx/auth/bind_phone': {
    access: 'user',
    body: { code: 'no-such-code' },
    errno: PHONE_CODE_INVALID,
  },
  'GET /wx/user/index': { access: 'user', errno: 0 },
  'GET /wx/user/profile': { access: 'user', errno: 0 },
  'PATCH /wx/user/profile': { access: 'user', body: EDIT, errno: STALE },
  'POST /wx/user/profile': { access: 'user', body: EDIT, errno: STALE },
  'POST /wx/user/avatar': { access: 'user', errno: UNSUPPORTED_MEDIA_TYPE },
  'GET /wx/pictures/{file}': { access: 'public', errno: NO_SUCH },
  'GET /wx/user/share': { access: 'user', errno: 0 },
  'GET /wx/user/data': { access: 'user', errno: 0 },
  'POST /wx/user/close_account': { access: 'user', body: { confirm: true }, errno: 0 },
  'POST /internal/wechat/access_token': { access: 'service', errno: 0 },
  'GET /internal/wechat/openid/{publicId}': { access: 'service', errno: NO_SUCH },
  'POST /internal/wechat/subscribe_message': {
    access: 'service',
    body: { publicId: PUBLIC_ID, templateId: 't', data: { thing1: 'x' } },
    errno: NO_SUCH,
  },
  'POST /internal/wechat/custom_message': {
    access: 'service',
    body: { publicId: PUBLIC_ID, message: TEXT },
    errno: NO_SUCH,
  },
  'GET /wx/push': { access: 'wechat', errno: 0 },
  'POST /wx/push': { access: 'wechat', errno: 0 },
}

export const SERVICE_TOKEN = drawToken()

/** Turns every feature on, and trusts X-Forwarded-For, so that `callRow` can keep below the rate limits. */
export const EVERYTHING_ON = {
  DOCS: 'true',
  WX_PUSH_TOKEN: PUSH_TOKEN,
  INTERNAL_TOKENS: `billing:${SERVICE_TOKEN}`,
  TRUST_PROXY: '127.0.0.0/8',
}

export const ROWS = Object.entries(ROUTE_TABLE).map(([route, row]) => {
  const [method = '', path = ''] = route.split(' ')
  return { route, method, path, ...row }
})
export type Row = (typeof ROWS)[number]

export const rowsFor = (...accesses: Access[]) =>
  ROWS.filter(({ access }) => accesses.includes(access))

const SOME_ID = '01938a5e-7c1d-7000-8000-000000000001'
let addresses = 0

/**
 * Calls the route with its arguments, each time from another address, so that no rate limit answers in
 * place of a guard. `id` is a session id; by default, one that does not exist.
 */
export const callRow = (
  { app }: Pick<TestApi, 'app'>,
  { method, path, body }: Row,
  headers: Record<string, string>,
  id = SOME_ID,
) => {
  addresses += 1
  const text = JSON.stringify(body)?.replace(PUBLIC_ID, SOME_ID)
  return app.inject({
    method: method as 'GET',
    url: path.replace(PUBLIC_ID, SOME_ID).replace('{file}', PICTURE).replace('{id}', id),
    headers: {
      'x-forwarded-for': `10.0.${addresses >> 8}.${addresses & 255}`,
      ...(text === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(text === undefined ? {} : { payload: text }),
  })
}

type Schema = { properties?: Record<string, Schema>; items?: Schema; anyOf?: Schema[] }
type Response = { content?: Record<string, { schema?: Schema }> }
export type OpenApi = {
  paths: Record<string, Record<string, { responses: Record<string, Response> }>>
}

/** The names of all fields in a schema, at any depth. */
export const namesIn = ({ properties = {}, items, anyOf = [] }: Schema): string[] => [
  ...Object.keys(properties),
  ...[...Object.values(properties), ...anyOf, ...(items ? [items] : [])].flatMap(namesIn),
]
