import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ProfileResult, UserIndexResult, UserInfo } from '@oa/contracts'
import { onTestFinished } from 'vitest'

export type Call = {
  method: string
  path: string
  /** What a GET asks for. */
  query: Record<string, string> | undefined
  token: string | undefined
  body: unknown
}
export type Reply = {
  status?: number
  headers?: Record<string, string>
  /** Text is sent as it is, anything else as JSON. */
  body?: unknown
}
/** `hang` never answers, `cut` closes the connection. */
export type Answer = Reply | 'hang' | 'cut'
type Script = (call: Call) => Answer | undefined | Promise<Answer | undefined>

export const PERSON: UserInfo = { nickName: '小明😀', avatarUrl: '', gender: 0 }
const INSTANT = '2026-11-21T08:00:00.000Z'
const SESSION = {
  id: '01938a5e-7c1d-7000-8000-000000000001',
  deviceName: 'iPhone 15',
  ip: '192.0.2.1',
  createdAt: INSTANT,
  lastSeenAt: INSTANT,
  expiresAt: INSTANT,
  current: true,
}

const PICTURE = `/wx/pictures/${'a'.repeat(32)}-640.webp`
export const PROFILE: ProfileResult = {
  ...PERSON,
  birthday: null,
  version: INSTANT,
  pictureState: 'checked',
  notice: 'none',
}

export const ok = (data: unknown): Reply => ({ body: { errno: 0, errmsg: 'ok', data } })
export const failed = (status: number, errno: number, headers: Reply['headers'] = {}): Reply => ({
  status,
  headers,
  body: { errno, errmsg: `errno ${errno}` },
})

/** A server on a port of its own that answers by the contract, or as a test scripts it. */
export const startApi = async () => {
  const calls: Call[] = []
  const appIds = new Set<unknown>()
  const validTokens = new Set<string>()
  let script: Script = () => undefined
  let logins = 0
  const profile = {}
  const answers: Record<string, Answer> = {}

  const byContract = (call: Call): Answer => {
    const { path, token } = call
    if (path === '/wx/auth/login_by_weixin' || path === '/wx/auth/login_by_phone') {
      logins += 1
      validTokens.add(`token-${logins}`)
      const tokenExpire = new Date(Date.now() + 86_400_000).toISOString()
      const signedIn = { token: `token-${logins}`, tokenExpire, userInfo: PERSON }
      return ok(path.endsWith('phone') ? { ...signedIn, mobile: '156******77' } : signedIn)
    }
    const isPublic = path.startsWith('/wx/org/invitation')
    if (isPublic ? token && !validTokens.has(token) : !token || !validTokens.has(token)) {
      return failed(401, 501)
    }
    if (path === '/wx/user/close_account') validTokens.clear()

    const data = path === '/wx/user/index' ? { ...DATA[path], ...profile } : DATA[path]

    return answers[addressOf(call)] ?? answers[path] ?? ok(data ?? {})
  }
  const server = createServer(async (request, response) => {
    const call = await read(request)
    calls.push(call)
    appIds.add(request.headers['x-oa-appid'])
    send(response, (await script(call)) ?? byContract(call))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  })

  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    /** The mini-programs that requests named; undefined for those that named none. */
    appIds,
    validTokens,
    /** Answers to a signed-in user, by path with or without a query; they replace the short defaults. */
    answers,
    /** Fields that replace those of a new user's profile. */
    profile: profile as Partial<UserIndexResult>,
    to: (address: string) =>
      calls.filter((call) => call.path === address || addressOf(call) === address),
    /** Sets a script, which takes precedence wherever it gives an answer. */
    script(next: Script) {
      script = next
    },
  }
}

const DATA: Record<string, object> = {
  '/wx/home/index': { infoList: [], votes: [], unread: 0, guest: true },
  '/wx/auth/info': { userInfo: PERSON, session: SESSION },
  '/wx/auth/sessions': {
    sessions: [
      { ...SESSION, id: `${SESSION.id.slice(0, -1)}2`, deviceName: 'iPad', current: false },
      SESSION,
    ],
    newDevices: [],
  },
  '/wx/auth/logout_all': { ended: 2 },
  '/wx/notice/consents': { templates: [], countedBy: 'wechat' },
  '/wx/user/share': { shareId: 'k1.c2hhcmVk', expiresAt: INSTANT },
  '/wx/auth/bind_phone': { mobile: '156******77', endedSessions: 0 },
  '/wx/user/profile': PROFILE,
  '/wx/user/avatar': { ...PROFILE, avatarUrl: PICTURE, version: '2026-11-22T08:00:00.000Z' },
  '/wx/user/index': {
    userInfo: PERSON,
    mobile: null,
    userLevel: 0,
    memberSince: INSTANT,
    lastLoginAt: INSTANT,
    notice: 'none',
    meetingCounts: null,
    memberships: [],
    deviceCount: 2,
  },
}

/** Path and query, as they were requested. */
const addressOf = ({ path, query }: Call) =>
  query === undefined ? path : `${path}?${new URLSearchParams(query)}`

const read = async (request: IncomingMessage): Promise<Call> => {
  let text = ''
  for await (const chunk of request) text += chunk
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://api')

  return {
    method: request.method ?? '',
    path: pathname,
    query: searchParams.size > 0 ? Object.fromEntries(searchParams) : undefined,
    token: request.headers['x-oa-token'] as string | undefined,
    body: text ? JSON.parse(text) : undefined,
  }
}

const send = (response: ServerResponse, answer: Answer) => {
  if (answer === 'hang') return
  if (answer === 'cut') {
    response.destroy()
    return
  }
  const { status = 200, headers = {}, body } = answer
  const isText = typeof body === 'string'
  response.writeHead(status, {
    'content-type': isText ? 'text/html' : 'application/json; charset=utf-8',
    ...headers,
  })
  response.end(isText ? body : JSON.stringify(body))
}
