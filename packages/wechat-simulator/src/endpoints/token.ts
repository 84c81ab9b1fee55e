import type { AccessToken } from '../platform/access-tokens.ts'
import type { App } from '../platform/apps.ts'
import type { Platform } from '../platform/platform.ts'
import { WeChatError } from '../platform/wechat-error.ts'
import { readJson } from './authorize.ts'
import type { Endpoint, WeChatRequest } from './endpoint.ts'

const TOKEN = '/cgi-bin/token'
const STABLE_TOKEN = '/cgi-bin/stable_token'

/** Issues a new token that replaces the one before. https://developers.weixin.qq.com/doc/oplatform/developers/dev/AccessToken.html */
export const token: Endpoint = {
  method: 'GET',
  path: TOKEN,
  handle: (request, platform) => {
    const app = authenticate(request.query, request, platform)
    platform.quotas.countForApp(TOKEN, app.appid)

    return toReply(platform.accessTokens.issue(app.appid, 'token'), platform)
  },
}

/** Answers the same token during its lifetime. https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken */
export const stableToken: Endpoint = {
  method: 'POST',
  path: STABLE_TOKEN,
  handle: (request, platform) => {
    const body = readJson(request.body)
    const app = authenticate(body, request, platform)
    platform.quotas.countForApp(STABLE_TOKEN, app.appid)
    const { accessTokens } = platform
    if (body.force_refresh !== true) return toReply(accessTokens.stable(app.appid), platform)

    const perDay = platform.settings.forceRefreshPerDay
    if (!platform.quotas.takeDay(`${STABLE_TOKEN} force_refresh`, app.appid, perDay)) {
      throw new WeChatError(45009)
    }
    return toReply(accessTokens.forceStable(app.appid), platform)
  },
}

const toReply = ({ value, expiresAt }: AccessToken, { clock }: Platform) => ({
  access_token: value,
  expires_in: Math.ceil((expiresAt - clock.now()) / 1000),
})

const authenticate = (
  { appid, secret, grant_type }: Readonly<Record<string, unknown>>,
  request: WeChatRequest,
  platform: Platform,
): App => {
  const { errcodes } = platform.settings
  if (grant_type !== 'client_credential') throw new WeChatError(errcodes.badGrantType)
  if (typeof appid !== 'string' || appid === '') throw new WeChatError(errcodes.missingAppid)
  request.appid = appid
  if (typeof secret !== 'string' || secret === '') throw new WeChatError(errcodes.missingSecret)

  const app = platform.apps.get(appid)
  if (!app) throw new WeChatError(40013)
  if (app.secret !== secret) throw new WeChatError(errcodes.wrongSecret)
  requireTrust(app, request.ip, errcodes.bannedToken)

  return app
}

const requireTrust = (app: App, ip: string, banned: number) => {
  if (app.secretFrozen) throw new WeChatError(40243)
  if (app.banned) throw new WeChatError(banned)
  if (app.ipWhitelist && !app.ipWhitelist.includes(ip)) {
    throw new WeChatError(40164, `invalid ip ${ip} ipv6 ::ffff:${ip}, not in whitelist`)
  }
  if (app.tokenRefusal !== undefined) throw new WeChatError(app.tokenRefusal)
}
