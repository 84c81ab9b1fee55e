import { Type } from 'typebox'
import { checkReply, decodeReply } from '../transport/decode.ts'
import type { Send } from '../transport/send.ts'
import type { StoredToken } from './token-store.ts'

/** Asks WeChat for the appid's access_token; `force` ends the present one at once (20 a day). */
export type FetchToken = (options: { force: boolean; budgetMs: number }) => Promise<StoredToken>

/**
 * stable_token gives every caller the same token while it lives, so asking twice harms nobody.
 * https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken
 */
export const createFetchToken =
  (send: Send, credentials: { appId: string; appSecret: string }): FetchToken =>
  async ({ force, budgetMs }) => {
    const askedAt = Date.now()
    const reply = await send({
      method: 'POST',
      path: PATH,
      query: {},
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        grant_type: 'client_credential',
        appid: credentials.appId,
        secret: credentials.appSecret,
        force_refresh: force,
      }),
      decode: decodeReply(PATH),
      budgetMs,
    })
    const { access_token, expires_in } = checkReply(PATH, StableTokenReply, reply)
    const expiresAt = askedAt + expires_in * 1_000

    return {
      accessToken: access_token,
      expiresAt,
      renewAt: Math.max(expiresAt - RENEW_BEFORE_END_MS, askedAt + MIN_TRUST_MS),
    }
  }

const PATH = '/cgi-bin/stable_token'
// WeChat has the next token ready five minutes before the end; a little later is sure to get it.
const RENEW_BEFORE_END_MS = 270_000
const MIN_TRUST_MS = 15_000

const StableTokenReply = Type.Object({
  access_token: Type.String({ pattern: '^[\\x21-\\x7e]{1,2048}$' }),
  expires_in: Type.Integer({ minimum: 1, maximum: 86_400 }),
})
