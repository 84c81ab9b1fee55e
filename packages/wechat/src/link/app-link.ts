import { Type } from 'typebox'
import type { CallOptions } from '../call/call-options.ts'
import type { WeChatClient } from '../client.ts'

/** A link that opens the mini-program from outside WeChat for at most 30 days. */
export type AppLink = {
  /** Path of a published page, without a query; the main page by default. */
  path?: string
  /** Without the question mark; at most 1024 characters. */
  query?: string
  envVersion?: 'release' | 'trial' | 'develop'
  /** When the link expires: a time, or a number of days (1 to 30). */
  expires: Date | { days: number }
}

export type AppLinks = {
  /**
   * `weixin://dl/business/?t=…`, for messages and pages outside WeChat.
   * https://developers.weixin.qq.com/miniprogram/dev/server/API/qrcode-link/url-scheme/api_generatescheme
   */
  generateScheme(link: AppLink, options?: CallOptions): Promise<string>
  /**
   * `https://wxaurl.cn/…`, which also works inside WeChat.
   * https://developers.weixin.qq.com/miniprogram/dev/server/API/qrcode-link/url-link/api_generateurllink
   */
  generateUrlLink(link: AppLink, options?: CallOptions): Promise<string>
}

export const createAppLinks = ({ call }: Pick<WeChatClient, 'call'>): AppLinks => ({
  generateScheme: async (link, options) => {
    const body = { jump_wxa: toTarget(link), is_expire: true, ...toExpiry(link) }
    const request = { path: '/wxa/generatescheme', body, reply: SchemeReply }

    return (await call(request, options)).openlink
  },
  generateUrlLink: async (link, options) => {
    const body = { ...toTarget(link), ...toExpiry(link) }
    const request = { path: '/wxa/generate_urllink', body, reply: UrlLinkReply }

    return (await call(request, options)).url_link
  },
})

const SchemeReply = Type.Object({
  openlink: Type.String({ pattern: '^weixin://', maxLength: 2048 }),
})
const UrlLinkReply = Type.Object({
  url_link: Type.String({ pattern: '^https://', maxLength: 2048 }),
})

// JSON leaves out what is undefined.
const toTarget = ({ path, query, envVersion }: AppLink) => ({
  path,
  query,
  env_version: envVersion,
})

const toExpiry = ({ expires }: AppLink) =>
  expires instanceof Date
    ? { expire_type: 0, expire_time: Math.floor(expires.getTime() / 1_000) }
    : { expire_type: 1, expire_interval: expires.days }
