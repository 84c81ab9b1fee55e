import { randomBytes } from 'node:crypto'
import { WeChatError } from '../platform/wechat-error.ts'
import { hasPage, requireText, requireTypes } from './arguments.ts'
import type { AuthorizedCall, JsonBody } from './authorize.ts'
import { postWithToken } from './authorize.ts'

const QUERY_LENGTH = 1024
const QUERY_CHARACTERS = /^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~%]*$/
const MINUTE = 60
const MAX_DAYS = 30
const VERSIONS: readonly unknown[] = [undefined, null, 'release', 'trial', 'develop']
const END = { expire_type: 'number', expire_time: 'number', expire_interval: 'number' } as const
const TARGET = { path: 'string', query: 'string', env_version: 'string' } as const

/** A weixin:// address of a page. https://developers.weixin.qq.com/miniprogram/dev/server/API/qrcode-link/url-scheme/api_generatescheme */
export const generateScheme = postWithToken('/wxa/generatescheme', (call, body) => {
  requireTypes(body, { jump_wxa: 'object', is_expire: 'boolean', ...END })
  const target = (body.jump_wxa ?? {}) as JsonBody
  requireTarget(call, target)
  requireEnd(call, body)

  return { errcode: 0, errmsg: 'ok', openlink: `weixin://dl/business/?t=${createTicket()}` }
})

/** An https:// address of a page. https://developers.weixin.qq.com/miniprogram/dev/server/API/qrcode-link/url-link/api_generateurllink */
export const generateUrlLink = postWithToken('/wxa/generate_urllink', (call, body) => {
  requireTypes(body, { is_expire: 'boolean', cloud_base: 'object', ...END })
  requireTarget(call, body)
  requireEnd(call, body)

  return { errcode: 0, errmsg: 'ok', url_link: `https://wxaurl.cn/${createTicket()}` }
})

const requireTarget = ({ app }: AuthorizedCall, target: JsonBody) => {
  requireTypes(target, TARGET)
  const { path, query, env_version } = target
  if (app.unpublished) throw new WeChatError(85079)
  if (path) {
    const page = requireText(path, 40165, 1024)
    if (page.includes('?') || !hasPage(app, page)) throw new WeChatError(40165)
  }
  if (query) {
    const text = requireText(query, 40212, QUERY_LENGTH)
    if (!QUERY_CHARACTERS.test(text)) throw new WeChatError(40212)
  }
  if (!VERSIONS.includes(env_version)) throw new WeChatError(85402)
}

/** A link ends at a time (type 0) or after some days (type 1), at most 30 days from now. */
const requireEnd = ({ platform }: AuthorizedCall, body: JsonBody) => {
  const { expire_type, expire_time, expire_interval } = body
  if (expire_type === 1) {
    if (!isWithin(expire_interval, 1, MAX_DAYS)) throw new WeChatError(85401)
  } else if (expire_time !== undefined) {
    const now = Math.floor(platform.clock.now() / 1000)
    if (!isWithin(expire_time, now + MINUTE, now + MAX_DAYS * 24 * 60 * MINUTE)) {
      throw new WeChatError(85401)
    }
  }
}

const isWithin = (value: unknown, min: number, max: number) =>
  typeof value === 'number' && value >= min && value <= max

const createTicket = () => randomBytes(9).toString('base64url')
