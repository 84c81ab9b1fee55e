import type { Dispatcher } from 'undici'
import { WeChatError } from '../errors.ts'
import { ConnectFailure } from './pool.ts'

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
  /** By lower-case name; of a repeated header the first. */
  headers: Readonly<Record<string, string>>
  body: Buffer
}

/**
 * One HTTP request and its whole answer. Resolves only for status 200 within the size limit; rejects
 * with a WeChatError, or with the signal's reason once that is aborted.
 */
export const exchange = async (
  dispatcher: Dispatcher,
  basePath: string,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<HttpResponse> => {
  try {
    const response = await dispatcher.request({
      method: request.method,
      path: basePath + request.path + encodeQuery(request.query),
      headers: { accept: '*/*', 'accept-encoding': 'identity', ...request.headers },
      body: request.body ?? null,
      signal,
    })
    // An abandoned body reports the abort once more, to nobody.
    response.body.on('error', () => {})

    return await readAnswer(response, request)
  } catch (error) {
    if (signal.aborted) throw signal.reason
    throw toWeChatError(error, request.path)
  }
}

const readAnswer = async (
  { statusCode, headers, body }: Dispatcher.ResponseData,
  { path, maxResponseBytes }: HttpRequest,
): Promise<HttpResponse> => {
  const refuse = (why: string) => {
    body.destroy()
    return new WeChatError('bad_response', `${path}: ${why}`)
  }
  // WeChat answers errors, too, with 200; anything else, a redirect included, is somebody else.
  if (statusCode !== 200) throw refuse(`HTTP status ${statusCode} instead of 200`)
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw refuse('a compressed answer that was not asked for')
  }

  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxResponseBytes) throw refuse(`an answer of more than ${maxResponseBytes} bytes`)
    chunks.push(chunk)
  }

  return { headers: flatten(headers), body: Buffer.concat(chunks, size) }
}

const flatten = (headers: Dispatcher.ResponseData['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, String([value].flat()[0] ?? '')]),
  )

const encodeQuery = (query: HttpRequest['query']): string => {
  const pairs = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  )

  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

// Only the code of the error is kept: parser errors carry pieces of the answer.
const toWeChatError = (error: unknown, path: string): WeChatError => {
  if (error instanceof WeChatError) return error
  if (error instanceof ConnectFailure) {
    return TLS_CODE.test(error.code)
      ? new WeChatError('tls', `${path}: TLS was refused (${error.code})`)
      : new WeChatError('unreachable', `${path}: no connection (${error.code})`)
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN'

  return new WeChatError('bad_response', `${path}: the answer broke off (${code})`)
}

const TLS_CODE =
  /^(ERR_TLS_|ERR_SSL_|CERT_|CRL_|EPROTO|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_|HOSTNAME_MISMATCH)/
