import { drawToken } from './internal.ts'
import { PUSH_TOKEN } from './push.ts'
import type { TestApi } from './start-test-api.ts'

/** Who a route is for: anybody, somebody signed in, a service of the company, or WeChat by signature. */
export type Access = 'anybody' | 'person' | 'service' | 'wechat'

export type RouteRow = {
  access: Access
  body?: object
  /** What who may use it is answered with just these arguments. */
  errno: number
}

const NO_SUCH = 708
const CODE_INVALID = 701
const PHONE_CODE_INVALID = 718
const PUBLIC_ID = '{publicId}'
const TEXT = { type: 'text', content: '你好' }

/** Every operation of the OpenAPI document with everything switched on. A new route needs a line. */
export const ROUTE_TABLE: Record<string, RouteRow> = {
  'GET /livez': { access: 'anybody', errno: 0 },
  'GET /readyz': { access: 'anybody', errno: 0 },
  'POST /wx/auth/login_by_weixin': {
    access: 'anybody',
    body: { code: 'no-such-code' },
    errno: CODE_INVALID,
  },
  'GET /wx/auth/info': { access: 'person', errno: 0 },
  'GET /wx/auth/sessions': { access: 'person', errno: 0 },
  'DELETE /wx/auth/sessions/{id}': { access: 'person', errno: 0 },
  'POST /wx/auth/logout': { access: 'person', errno: 0 },
  'POST /wx/auth/logout_all': { access: 'person', errno: 0 },
  'POST /wx/auth/bind_phone': {
    access: 'person',
    body: { code: 'no-such-code' },
    errno: PHONE_CODE_INVALID,
  },
  'GET /wx/user/index': { access: 'person', errno: 0 },
  'GET /wx/user/data': { access: 'person', errno: 0 },
  'POST /wx/user/close_account': { access: 'person', body: { confirm: true }, errno: 0 },
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

/** Every route there is. Callers come from anywhere, so that no limit answers in place of a guard. */
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

/** Calls the route with its arguments, `id` being that of a session; nobody's unless given. */
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
    url: path.replace(PUBLIC_ID, SOME_ID).replace('{id}', id),
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

/** The names of all fields in a schema, however deep. */
export const namesIn = ({ properties = {}, items, anyOf = [] }: Schema): string[] => [
  ...Object.keys(properties),
  ...[...Object.values(properties), ...anyOf, ...(items ? [items] : [])].flatMap(namesIn),
]
