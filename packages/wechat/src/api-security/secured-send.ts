import type { SendWithToken } from '../call/call.ts'
import { WeChatError } from '../errors.ts'
import { DEFAULT_BASE_URL } from '../options.ts'
import type { HttpResponse } from '../transport/exchange.ts'
import { headerOf } from '../transport/exchange.ts'
import { parseReply } from '../transport/reply.ts'
import type { SendRequest } from '../transport/send.ts'
import { openAnswer, sealCall } from './seal.ts'
import type { ApiSecurityOptions, SecurityKeys } from './security-keys.ts'
import { readSecurityKeys } from './security-keys.ts'

/** Signs and encrypts the calls to the configured paths, and checks and opens their answers. */
export const createSecuredSend = (
  send: SendWithToken,
  appId: string,
  options: ApiSecurityOptions,
): SendWithToken => {
  const keys = readSecurityKeys(appId, options)
  const paths = new Set(options.paths)

  return (request) => send(paths.has(request.path) ? secure(request, keys) : request)
}

const MAX_SKEW_SECONDS = 300

const secure = <R>(request: SendRequest<R>, keys: SecurityKeys): SendRequest<R> => {
  const { path, query, body } = request
  if (typeof body !== 'string') throw new TypeError(`${path} cannot be secured: it sends no JSON`)
  const fields = { ...query, ...(JSON.parse(body) as object) }
  // WeChat signs its own address, also where a gateway stands before it.
  const url = DEFAULT_BASE_URL + path

  return {
    ...request,
    query: {},
    seal: () => {
      const sealed = sealCall(keys, url, fields, Math.floor(Date.now() / 1_000))
      return {
        body: sealed.body,
        headers: {
          ...request.headers,
          'wechatmp-appid': keys.appId,
          'wechatmp-timestamp': String(sealed.timestamp),
          'wechatmp-signature': sealed.signature,
        },
        open: (response) => open(path, url, keys, response),
      }
    },
  }
}

const open = (
  path: string,
  url: string,
  keys: SecurityKeys,
  response: HttpResponse,
): HttpResponse => {
  const body = response.body.toString('utf8')
  // A refusal comes neither signed nor encrypted; this throws it.
  if (headerOf(response, 'wechatmp-signature') === '') parseReply(path, response.body)

  const timestamp = Number(headerOf(response, 'wechatmp-timestamp'))
  const isFresh = Math.abs(Date.now() / 1_000 - timestamp) <= MAX_SKEW_SECONDS
  const text = isFresh
    ? signaturesIn(response)
        .map(({ serial, signature }) =>
          openAnswer(keys, url, { timestamp, body, serial, signature }),
        )
        .find((opened) => opened !== null)
    : undefined
  if (headerOf(response, 'wechatmp-appid') !== keys.appId || text === undefined || text === null) {
    throw new WeChatError('bad_response', `${path}: the answer is not signed by WeChat`)
  }

  return { ...response, body: Buffer.from(text) }
}

/** While WeChat changes its certificate it signs with both. */
const signaturesIn = (response: HttpResponse) =>
  ['', '-deprecated'].map((suffix) => ({
    serial: headerOf(response, `wechatmp-serial${suffix}`),
    signature: headerOf(response, `wechatmp-signature${suffix}`),
  }))
