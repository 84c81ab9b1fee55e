import type { Ok } from '@oa/contracts'
import { replaceToken } from '../auth/session'
import { apiBase, ownAppId } from '../config/env'
import { messages } from '../i18n/index'
import { withDeadline } from '../utils/promise'
import { ERRNO } from './errno'
import type { Failure } from './failure'
import { localFailure } from './failure'

export type Method = 'GET' | 'POST' | 'DELETE'

export type Exchange = {
  /** Relative to the origin of our API: begins with exactly one slash. */
  path: string
  method: Method
  data: WechatMiniprogram.IAnyObject | undefined
  token: string | undefined
  /** A file of this phone, which is sent in place of `data`. */
  filePath?: string | undefined
}

type Headers = Record<string, string | string[] | undefined>
type Response = { data: unknown; statusCode: number; header: Headers }

const TIMEOUT_MS = 6000
/** A picture of 1 MB over a weak network. */
const UPLOAD_MS = 20_000
/** A little longer than WeChat's own time-out, which does not always fire. */
const DEADLINE_MS = 8000

/**
 * One round trip to our API. Resolves with the success envelope and rejects with a `Failure`. A new
 * token in the response is stored before the promise settles.
 */
export const exchange = async <T>(call: Exchange): Promise<Ok<T>> => {
  const response = await send(call)
  const prolonged = header(response.header, 'x-oa-token')
  if (prolonged && call.token) replaceToken(call.token, prolonged)
  if (isOk<T>(response.data)) return response.data

  throw failureOf(response)
}

const send = (call: Exchange): Promise<Response> => {
  // A path such as `//host` or `https://host` would send the token to another origin.
  if (!/^\/[^/\\]/.test(call.path)) return Promise.reject(localFailure(messages.errors.unknown))
  return call.filePath === undefined ? sendData(call) : sendFile(call, call.filePath)
}

/** The server may serve several mini-programs. */
const headerOf = ({ token }: Exchange): Record<string, string> => {
  const headers: Record<string, string> = {}
  const appId = ownAppId()
  if (appId !== undefined) headers['X-OA-Appid'] = appId
  if (token) headers['X-OA-Token'] = token

  return headers
}

const unsent = ({ errMsg }: { errMsg: string }): Failure =>
  localFailure(/time ?out/i.test(errMsg) ? messages.errors.timeout : messages.errors.network)

/** A temporary file goes with the mini-program that it was chosen in; trying again would not help. */
const isGone = ({ errMsg }: { errMsg: string }): boolean =>
  /file (does ?n[o']t exist|not found)|no such file/i.test(errMsg)

const sendData = (call: Exchange): Promise<Response> => {
  const { path, method, data } = call
  let task: WechatMiniprogram.RequestTask | undefined
  const onLate = () => {
    task?.abort()
    return localFailure(messages.errors.timeout)
  }

  return withDeadline<Response>(DEADLINE_MS, onLate, (resolve, reject) => {
    const options: WechatMiniprogram.RequestOption<WechatMiniprogram.IAnyObject> = {
      url: apiBase() + path,
      method,
      timeout: TIMEOUT_MS,
      // WeChat would send the token on to the target of a redirect.
      redirect: 'manual',
      header: headerOf(call),
      success: resolve,
      fail: (failure) => reject(unsent(failure)),
    }
    if (data) options.data = data
    task = wx.request(options)
  })
}

/** https://developers.weixin.qq.com/miniprogram/dev/api/network/upload/wx.uploadFile.html */
const sendFile = (call: Exchange, filePath: string): Promise<Response> => {
  let task: WechatMiniprogram.UploadTask | undefined
  const onLate = () => {
    task?.abort()
    return localFailure(messages.errors.timeout)
  }

  return withDeadline<Response>(UPLOAD_MS, onLate, (resolve, reject) => {
    task = wx.uploadFile({
      url: apiBase() + call.path,
      filePath,
      name: 'file',
      timeout: UPLOAD_MS,
      header: headerOf(call),
      // It gives the body as text, and no headers.
      success: ({ data, statusCode }) => resolve({ data: parse(data), statusCode, header: {} }),
      fail: (failure) =>
        reject(isGone(failure) ? localFailure(messages.errors.pictureGone) : unsent(failure)),
    })
  })
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** WeChat calls `success` for any HTTP status, and for the pages of captive portals and proxies. */
const failureOf = ({ data, statusCode, header: headers }: Response): Failure => {
  const requestId = header(headers, 'x-request-id')
  const retryAfter = secondsToWait(statusCode, header(headers, 'retry-after'))
  const failure: Failure = isFailureEnvelope(data)
    ? { errno: data.errno, errmsg: data.errmsg }
    : localFailure(statusCode >= 500 ? messages.errors.unavailable : messages.errors.notOurs)
  if (isFailureEnvelope(data) && typeof data.reason === 'string') failure.reason = data.reason
  if (requestId) failure.requestId = requestId
  if (retryAfter !== undefined) failure.retryAfter = retryAfter

  return failure
}

/** The case of header names depends on phone and protocol version. */
const header = (headers: Headers, name: string): string | undefined => {
  const key = Object.keys(headers || {}).find((candidate) => candidate.toLowerCase() === name)
  const value = key === undefined ? undefined : headers[key]

  return Array.isArray(value) ? value[0] : value
}

const secondsToWait = (statusCode: number, value: string | undefined): number | undefined => {
  if (statusCode !== 429 && statusCode !== 503) return undefined
  const seconds = Number(value)

  return value !== undefined && seconds > 0 ? Math.ceil(seconds) : 0
}

const isOk = <T>(body: unknown): body is Ok<T> =>
  isEnvelope(body) && body.errno === ERRNO.OK && 'data' in body

const isFailureEnvelope = (body: unknown): body is Failure =>
  isEnvelope(body) && body.errno !== ERRNO.OK

const isEnvelope = (body: unknown): body is { errno: number; errmsg: string } =>
  typeof body === 'object' &&
  body !== null &&
  Number.isInteger((body as Failure).errno) &&
  typeof (body as Failure).errmsg === 'string'
