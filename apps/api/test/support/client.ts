import type {
  AuthInfoResult,
  LoginByWeixinRequest,
  LoginByWeixinResult,
  SessionsResult,
} from '@oa/contracts'

export type Answer<Data = unknown> = {
  status: number
  headers: Headers
  text: string
  errno: number
  errmsg: string
  /** The result on success; a failure has none, whatever the type says. */
  data: Data
}

export type Call = {
  method?: string
  token?: string
  body?: unknown
  headers?: Record<string, string>
}

export type Client = ReturnType<typeof createClient>

/** Calls the API at `url` as the mini-program does; a failure is an answer, not an exception. */
export const createClient = (url: string, send: typeof fetch = fetch) => {
  const call = async <Data = unknown>(path: string, options: Call = {}): Promise<Answer<Data>> => {
    const { method = 'GET', token, body, headers = {} } = options
    const response = await send(url + path, {
      method,
      headers: {
        ...(token === undefined ? {} : { 'x-oa-token': token }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, ...envelopeOf<Data>(text) }
  }

  return {
    url,
    call,
    login: (body: LoginByWeixinRequest) =>
      call<LoginByWeixinResult>('/wx/auth/login_by_weixin', { method: 'POST', body }),
    info: (token: string) => call<AuthInfoResult>('/wx/auth/info', { token }),
    sessions: (token: string) => call<SessionsResult>('/wx/auth/sessions', { token }),
    logout: (token: string) => call('/wx/auth/logout', { method: 'POST', token }),
    logoutAll: (token: string) =>
      call<{ ended: number }>('/wx/auth/logout_all', { method: 'POST', token }),
    endSession: (token: string, id: string) =>
      call(`/wx/auth/sessions/${id}`, { method: 'DELETE', token }),
  }
}

type Envelope<Data> = { errno: number; errmsg: string; data: Data }

const envelopeOf = <Data>(text: string): Envelope<Data> => {
  if (text === '') return { errno: Number.NaN, errmsg: '', data: undefined as Data }
  // The type is a claim of the test, which checks the fields that it reads.
  return JSON.parse(text) as Envelope<Data>
}
