import { drawToken } from './internal.ts'
import { PUSH_TOKEN } from './push.ts'
import type { TestApi } from './start-test-api.ts'
import { TEST_APP } from './start-test-api.ts'

/** Who may call a route: any caller, a signed-in user, a service of the company, or WeChat by signature. */
export type Access = 'public' | 'user' | 'service' | 'wechat'

export type RouteRow = {
  access: Access
  body?: object
  /** What a permitted caller gets with these arguments. */
  errno: number
  /** Its answers carry the errno as `code`, in the envelope of other clients. */
  foreign?: true
  /** Answers with a page for browsers. */
  page?: true
  /** What is not there any more, or never was, is removed already. */
  removes?: true
}

const NO_SUCH = 708
const BAD_VALUE = 402
const CODE_INVALID = 701
const BAD_ARGUMENT = 401
const LINK_INVALID = 724
const CHECK_IN_CODE_INVALID = 730
/** To a user who belongs to no company; test/org-permissions.test.ts has the answers to all others. */
const FORBIDDEN = 506
const VERSION = { version: 1 }
const PHONE_CODE_INVALID = 718
const PUBLIC_ID = '{publicId}'
const STALE = 504
const UNSUPPORTED_MEDIA_TYPE = 711
const EDIT = { version: '2026-01-01T00:00:00.000Z', gender: 1 }
const PICTURE = `${'0'.repeat(32)}-640.webp`
const TEXT = { type: 'text', content: '你好' }

const MEETING = {
  requestId: '01938a5e-7c1d-7000-8000-000000000001',
  title: '周例会',
  startsAt: '2026-01-01T00:00:00.000Z',
  endsAt: '2026-01-01T01:00:00.000Z',
}

const VOTE = {
  requestId: '01938a5e-7c1d-7000-8000-000000000001',
  title: '是否通过预算',
  kind: 'motion',
  secrecy: 'named',
}

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
  'POST /wx/auth/new_devices_seen': {
    access: 'user',
    body: { until: '2026-11-30T00:00:00.000Z' },
    errno: 0,
  },
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
  'GET /wx/notice/consents': { access: 'user', errno: 0 },
  'POST /wx/notice/consents': {
    access: 'user',
    body: { accepted: ['no-such-template'] },
    errno: BAD_VALUE,
  },
  'GET /wx/user/data': { access: 'user', errno: 0 },
  'POST /wx/user/close_account': { access: 'user', body: { confirm: true }, errno: 0 },
  'GET /wx/org/invitation': { access: 'public', errno: BAD_ARGUMENT },
  'POST /wx/org/join': {
    access: 'user',
    body: { invitation: 'unknown', name: '李明' },
    errno: LINK_INVALID,
  },
  'GET /wx/org/mine': { access: 'user', errno: 0 },
  'POST /wx/org/leave': {
    access: 'user',
    body: { orgId: PUBLIC_ID, confirm: true },
    errno: FORBIDDEN,
  },
  'GET /wx/org/members': { access: 'user', errno: FORBIDDEN },
  'GET /wx/org/departments': { access: 'user', errno: FORBIDDEN },
  'GET /wx/admin/invitations': { access: 'user', errno: FORBIDDEN },
  'POST /wx/admin/invitations': {
    access: 'user',
    body: { requestId: PUBLIC_ID, needsApproval: true, maxUses: 1, days: 1 },
    errno: FORBIDDEN,
  },
  'DELETE /wx/admin/invitations/{id}': { access: 'user', errno: NO_SUCH },
  'POST /wx/admin/invitations/{id}/code': {
    access: 'user',
    body: { invitation: 'unknown' },
    errno: NO_SUCH,
  },
  'GET /wx/admin/join_requests': { access: 'user', errno: FORBIDDEN },
  'POST /wx/admin/join_requests/{id}/decide': {
    access: 'user',
    body: { ...VERSION, accept: true },
    errno: NO_SUCH,
  },
  'GET /wx/admin/members': { access: 'user', errno: FORBIDDEN },
  'GET /wx/admin/members/{id}': { access: 'user', errno: NO_SUCH },
  'POST /wx/admin/members/{id}': {
    access: 'user',
    body: { ...VERSION, title: '' },
    errno: NO_SUCH,
  },
  'POST /wx/admin/departments': { access: 'user', body: { name: '研发部' }, errno: FORBIDDEN },
  'POST /wx/admin/departments/{id}': {
    access: 'user',
    body: { ...VERSION, sort: 1 },
    errno: NO_SUCH,
  },
  'DELETE /wx/admin/departments/{id}': { access: 'user', errno: NO_SUCH },
  'POST /wx/admin/notices': {
    access: 'user',
    body: { requestId: '01938a5e-7c1d-7000-8000-000000000002', text: '明天停电' },
    errno: FORBIDDEN,
  },
  'GET /wx/admin/policy': { access: 'user', errno: FORBIDDEN },
  'POST /wx/admin/policy': { access: 'user', body: { ...VERSION, remindMin: 5 }, errno: FORBIDDEN },
  'GET /wx/admin/meetings': { access: 'user', errno: FORBIDDEN },
  'GET /wx/admin/audit': { access: 'user', errno: FORBIDDEN },
  'GET /wx/home/index': { access: 'public', errno: 0 },
  'GET /wx/meeting/list': { access: 'user', errno: 0 },
  'POST /wx/meeting': { access: 'user', body: MEETING, errno: FORBIDDEN },
  'GET /wx/meeting/{id}': { access: 'user', errno: NO_SUCH },
  'GET /wx/meeting/{id}/people': { access: 'user', errno: NO_SUCH },
  'POST /wx/meeting/{id}/update': {
    access: 'user',
    body: { ...VERSION, title: '周例会' },
    errno: NO_SUCH,
  },
  'POST /wx/meeting/{id}/submit': { access: 'user', body: VERSION, errno: NO_SUCH },
  'POST /wx/meeting/{id}/audit': {
    access: 'user',
    body: { ...VERSION, approve: true },
    errno: NO_SUCH,
  },
  'POST /wx/meeting/{id}/withdraw': { access: 'user', body: VERSION, errno: NO_SUCH },
  'POST /wx/meeting/{id}/start': { access: 'user', body: VERSION, errno: NO_SUCH },
  'POST /wx/meeting/{id}/extend': {
    access: 'user',
    body: { ...VERSION, endsAt: MEETING.endsAt },
    errno: NO_SUCH,
  },
  'POST /wx/meeting/{id}/end': { access: 'user', body: VERSION, errno: NO_SUCH },
  'POST /wx/meeting/{id}/cancel': {
    access: 'user',
    body: { ...VERSION, reason: '改期' },
    errno: NO_SUCH,
  },
  'POST /wx/meeting/{id}/delete': { access: 'user', body: VERSION, errno: 0, removes: true },
  'POST /wx/meeting/{id}/copy': {
    access: 'user',
    body: { requestId: MEETING.requestId, weeks: 1 },
    errno: NO_SUCH,
  },
  'POST /wx/meeting/{id}/seen': { access: 'user', errno: NO_SUCH },
  'POST /wx/meeting/{id}/reply': {
    access: 'user',
    body: { sequence: 0, reply: 'yes' },
    errno: NO_SUCH,
  },
  'POST /wx/meeting/{id}/remind': { access: 'user', errno: NO_SUCH },
  'GET /wx/meeting/{id}/check_in_code': { access: 'user', errno: NO_SUCH },
  'POST /wx/meeting/check_in': {
    access: 'user',
    body: { code: 'no-such-code' },
    errno: CHECK_IN_CODE_INVALID,
  },
  'POST /wx/meeting/{id}/check_in_by_hand': {
    access: 'user',
    body: { memberId: PUBLIC_ID, present: true, reason: '手机没电' },
    errno: NO_SUCH,
  },
  'GET /wx/meeting/{id}/live': { access: 'user', errno: NO_SUCH },
  'POST /wx/meeting/{id}/screen': {
    access: 'user',
    body: { requestId: MEETING.requestId },
    errno: NO_SUCH,
  },
  'DELETE /wx/meeting/{id}/screen': { access: 'user', errno: NO_SUCH },
  'GET /screen/{token}': { access: 'public', errno: 0, page: true },
  'GET /screen/{token}/state': { access: 'public', errno: LINK_INVALID },
  'GET /screen/{token}/picture': { access: 'public', errno: LINK_INVALID },
  'GET /wx/room/list': { access: 'user', errno: FORBIDDEN },
  'GET /wx/room/free': { access: 'user', errno: BAD_ARGUMENT },
  'GET /wx/room/{id}/day': { access: 'user', errno: NO_SUCH },
  'POST /wx/admin/rooms': { access: 'user', body: { name: '三楼会议室' }, errno: FORBIDDEN },
  'POST /wx/admin/rooms/{id}': {
    access: 'user',
    body: { ...VERSION, capacity: 8 },
    errno: NO_SUCH,
  },
  'GET /wx/vote/list': { access: 'user', errno: 0 },
  'POST /wx/vote': { access: 'user', body: VOTE, errno: FORBIDDEN },
  'GET /wx/vote/{id}': { access: 'user', errno: NO_SUCH },
  'POST /wx/vote/{id}/update': {
    access: 'user',
    body: { ...VERSION, title: '预算' },
    errno: NO_SUCH,
  },
  'POST /wx/vote/{id}/open': { access: 'user', body: VERSION, errno: NO_SUCH },
  'POST /wx/vote/{id}/close': { access: 'user', body: VERSION, errno: NO_SUCH },
  'POST /wx/vote/{id}/cancel': {
    access: 'user',
    body: { ...VERSION, reason: '选项有误' },
    errno: NO_SUCH,
  },
  'POST /wx/vote/{id}/cast': {
    access: 'user',
    body: { optionIds: [MEETING.requestId] },
    errno: NO_SUCH,
  },
  'GET /wx/vote/{id}/electors': { access: 'user', errno: NO_SUCH },
  'GET /wx/vote/{id}/ballots': { access: 'user', errno: NO_SUCH },
  'GET /wx/notice/list': { access: 'user', errno: 0 },
  'POST /wx/notice/read': {
    access: 'user',
    body: { upTo: '2026-01-01T00:00:00.000Z' },
    errno: 0,
  },
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
  'GET /wx/push/{appid}': { access: 'wechat', errno: 0 },
  'POST /wx/push/{appid}': { access: 'wechat', errno: 0 },
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
    url: path
      .replace(PUBLIC_ID, SOME_ID)
      .replace('{file}', PICTURE)
      .replace('{appid}', TEST_APP.appid)
      .replace('{id}', id)
      .replace('{token}', 'no-such-link'),
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
