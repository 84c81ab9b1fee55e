import type { Dispatcher } from 'undici'
import { WeChatError } from '../errors.ts'
import type { Deadline } from './deadline.ts'
import { CONNECT_TIMEOUT, ConnectFailure } from './pool.ts'

/** No connection within the connect time-out. Not retried: another attempt would take as long again. */
export class ConnectTimeout extends WeChatError {}

export type HttpRequest = {
  method: 'GET' | 'POST'
  /** Without the query; the only part of the URL that an error may contain. */
  path: string
  query: Readonly<Record<string, string>>
  headers?: Readonly<Record<string, string>> | undefined
  body?: Buffer | string | undefined
  maxResponseBytes: number
}

export type HttpResponse = {
  /** Keyed by lower-case name. */
  headers: Readonly<Record<string, string | string[] | undefined>>
  body: Buffer
}

/** The first value of a header; '' when the answer has no header of this name. */
export const headerOf = ({ headers }: HttpResponse, name: string): string =>
  String([headers[name]].flat()[0] ?? '')

/**
 * Sends one HTTP request and reads the whole answer. Resolves only for status 200 within the size
 * limit. Rejects with a WeChatError, or with the deadline's reason once the deadline has ended.
 */
export const exchange = (
  dispatcher: Dispatcher,
  basePath: string,
  request: HttpRequest,
  deadline: Deadline,
): Promise<HttpResponse> =>
  new Promise((resolve, reject) => {
    const { method, path, query, headers, body = null } = request
    // dispatch(), not request(): the answer is small and read whole, so no stream is needed.
    dispatcher.dispatch(
      {
        method,
        path: basePath + path + encodeQuery(query),
        headers: headers ? { ...HEADERS, ...headers } : HEADERS,
        body,
      },
      collect(request, deadline, resolve, reject),
    )
  })

/** Collects the answer. The first of success, failure and deadline settles the promise. */
const collect = (
  { path, maxResponseBytes }: HttpRequest,
  deadline: Deadline,
  resolve: (response: HttpResponse) => void,
  reject: (reason: unknown) => void,
): Dispatcher.DispatchHandler => {
  let controller: Dispatcher.DispatchController | undefined
  let headers: HttpResponse['headers'] = {}
  let size = 0
  let isAbandoned = false
  const chunks: Buffer[] = []
  const abandon = (reason: unknown) => {
    isAbandoned = true
    reject(reason)
    controller?.abort(ABANDONED)
  }
  const refuse = (why: string) => abandon(new WeChatError('bad_response', `${path}: ${why}`))
  const unsubscribe = deadline.onEnd(abandon)

  return {
    onRequestStart: (started) => {
      controller = started
      if (isAbandoned) started.abort(ABANDONED)
    },
    onResponseStart: (_controller, status, received) => {
      if (status < 200) return
      headers = received
      const why = whyUnusable(status, headers)
      if (why) refuse(why)
    },
    onResponseData: (_controller, chunk) => {
      size += chunk.length
      if (size > maxResponseBytes) refuse(`an answer of more than ${maxResponseBytes} bytes`)
      else chunks.push(chunk)
    },
    onResponseEnd: () => {
      unsubscribe()
      resolve({ headers, body: Buffer.concat(chunks, size) })
    },
    onResponseError: (_controller, error) => {
      unsubscribe()
      reject(toWeChatError(error, path))
    },
  }
}

const HEADERS = { accept: '*/*', 'accept-encoding': 'identity' }

const ABANDONED = new Error('abandoned')

// WeChat answers errors with 200 as well; any other status, redirects included, is not WeChat's.
const whyUnusable = (status: number, headers: HttpResponse['headers']): string | null => {
  if (status !== 200) return `HTTP status ${status} instead of 200`
  const encoding = headers['content-encoding'] ?? 'identity'

  return encoding === 'identity' ? null : 'a compressed answer that was not asked for'
}

const encodeQuery = (query: HttpRequest['query']): string => {
  let text = ''
  for (const [name, value] of Object.entries(query)) {
    text += `${text === '' ? '?' : '&'}${encode(name)}=${encode(value)}`
  }

  return text
}

// Most names and values need no encoding, and asking is cheaper than encoding.
const encode = (text: string) => (UNRESERVED.test(text) ? text : encodeURIComponent(text))

const UNRESERVED = /^[\w.~-]*$/

// Keeps only the code of the error: parser errors contain parts of the answer.
const toWeChatError = (error: Error, path: string): WeChatError => {
  if (error instanceof ConnectFailure) return toConnectError(error, path)
  const code = 'code' in error ? String(error.code) : 'UNKNOWN'

  return new WeChatError('bad_response', `${path}: the answer broke off (${code})`)
}

const toConnectError = ({ code }: ConnectFailure, path: string): WeChatError => {
  if (TLS_CODE.test(code)) return new WeChatError('tls', `${path}: TLS was refused (${code})`)
  const what = `${path}: no connection (${code})`

  return code === CONNECT_TIMEOUT
    ? new ConnectTimeout('unreachable', what)
    : new WeChatError('unreachable', what)
}

const TLS_CODE =
  /^(ERR_TLS_|ERR_SSL_|CERT_|CRL_|EPROTO|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_|HOSTNAME_MISMATCH)/
