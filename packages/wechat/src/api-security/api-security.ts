import type { SendMiddleware } from '../call/send-with-token.ts'
import { WeChatError } from '../errors.ts'
import { DEFAULT_BASE_URL } from '../options.ts'
import type { HttpResponse } from '../transport/exchange.ts'
import { headerOf } from '../transport/exchange.ts'
import { parseReply } from '../transport/reply.ts'
import type { SendRequest } from '../transport/send.ts'
import { openAnswer, sealCall } from './seal.ts'
import type { ApiSecurityOptions, SecurityKeys } from './security-keys.ts'
import { readSecurityKeys } from './security-keys.ts'

/**
 * Signs and encrypts the calls to the configured paths, and verifies and decrypts their answers; other
 * calls are sent as they are. Give it to `createWeChatClient` as `apiSecurity`, which throws a
 * TypeError that names a key or path that cannot be used.
 * https://developers.weixin.qq.com/miniprogram/dev/server/getting_started/api_signature.html
 */
export const createApiSecurity =
  (options: ApiSecurityOptions): SendMiddleware =>
  (send, { appId, emit }) => {
    const keys = readSecurityKeys(appId, options)
    const paths = new Set(options.paths)
    const reported = new Set<string>()
    const onDeprecated = (sn: string) => {
      if (!reported.has(sn)) emit({ type: 'certificate', action: 'deprecated', sn })
      reported.add(sn)
    }

    return (request) =>
      send(paths.has(request.path) ? secure(request, keys, onDeprecated) : request)
  }

const MAX_SKEW_SECONDS = 300

type OnDeprecated = (sn: string) => void

const secure = <R>(
  request: SendRequest<R>,
  keys: SecurityKeys,
  onDeprecated: OnDeprecated,
): SendRequest<R> => {
  const { path, query, body } = request
  if (typeof body !== 'string') throw new TypeError(`${path} cannot be secured: it sends no JSON`)
  const fields = { ...query, ...(JSON.parse(body) as object) }
  // WeChat signs its own address, even when a gateway forwards the call.
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
          ...(keys.privateKeySn !== undefined && { 'wechatmp-serial': keys.privateKeySn }),
        },
        open: (response) => open(path, url, keys, response, onDeprecated),
      }
    },
  }
}

const open = (
  path: string,
  url: string,
  keys: SecurityKeys,
  response: HttpResponse,
  onDeprecated: OnDeprecated,
): HttpResponse => {
  const body = response.body.toString('utf8')
  // A refusal is neither signed nor encrypted; parsing throws it.
  if (headerOf(response, 'wechatmp-signature') === '') parseReply(path, response.body)

  const timestamp = Number(headerOf(response, 'wechatmp-timestamp'))
  const isFresh = Math.abs(Date.now() / 1_000 - timestamp) <= MAX_SKEW_SECONDS
  if (isFresh && headerOf(response, 'wechatmp-appid') === keys.appId) {
    for (const { serial, signature, isDeprecated } of signaturesIn(response)) {
      const text = openAnswer(keys, url, { timestamp, body, serial, signature })
      if (text === null) continue
      if (isDeprecated) onDeprecated(serial)
      return { ...response, body: Buffer.from(text) }
    }
  }

  throw new WeChatError('bad_response', `${path}: the answer is not signed by WeChat`)
}

/** While WeChat replaces its certificate, it signs with both. */
const signaturesIn = (response: HttpResponse) =>
  ['', '-deprecated'].map((suffix) => ({
    serial: headerOf(response, `wechatmp-serial${suffix}`),
    signature: headerOf(response, `wechatmp-signature${suffix}`),
    isDeprecated: suffix !== '',
  }))
