import type { Dispatcher } from 'undici'
import { WeChatError } from '../errors.ts'
import type { Deadline } from './deadline.ts'
import { CONNECT_TIMEOUT, ConnectFailure } from './pool.ts'

/** Nothing answered in the time for a connection; another attempt at once would only take it again. */
export class ConnectTimeout extends WeChatError {}

export type HttpRequest = {
  method: 'GET' | 'POST'
  /** Without the query: the only part of the address that an error may name. */
  path: string
  query: Readonly<Record<string, string>>
  headers?: Readonly<Record<string, string>> | undefined
  body?: Buffer | string | undefined
  maxResponseBytes: number
}

export type HttpResponse = {
  /** By lower-case name. */
  headers: Readonly<Record<string, string | string[] | undefined>>
  body: Buffer
}

/** A header of an answer; '' when it has none of this name. */
export const headerOf = ({ headers }: HttpResponse, name: string): string =>
  String([headers[name]].flat()[0] ?? '')

/**
 * One HTTP request and its whole answer. Resolves only for status 200 within the size limit; rejects
 * with a WeChatError, or with the deadline's reason once that has ended.
 */
export const exchange = (
  dispatcher: Dispatcher,
  basePath: string,
  request: HttpRequest,
  deadline: Deadline,
): Promise<HttpResponse> =>
  new Promise((resolve, reject) => {
    const { method, path, query, headers, body = null } = request
    // dispatch() and not request(): the answer is small and wanted whole, no stream is needed.
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

/** Gathers the answer; of everything that can happen the first counts. */
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

// WeChat answers errors, too, with 200; anything else, a redirect included, is somebody else.
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

// Only the code of the error is kept: parser errors carry pieces of the answer.
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
