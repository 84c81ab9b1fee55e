import { Type } from 'typebox'
import type { CallOptions } from '../call/call-options.ts'
import { assertPlausibleCode } from '../call/plausible-code.ts'
import { checkReply, decodeReply } from '../transport/decode.ts'
import type { Send } from '../transport/send.ts'
import { Openid, SessionKey, Unionid } from './identity.ts'

export type Code2SessionResult = {
  /** Identifies the user within this appid. Case-sensitive: compare byte for byte. */
  openid: string
  /** Base64 of 16 bytes. Must never leave the server or reach a log. */
  sessionKey: string
  /** Identifies the user across the appids of one open-platform account; null outside of one. */
  unionid: string | null
}

export type Code2Session = (jsCode: string, options?: CallOptions) => Promise<Code2SessionResult>

/**
 * Exchanges a code of wx.login, which is valid once and for 5 minutes. Needs no access_token.
 * https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_code2session
 */
export const createCode2Session =
  (send: Send, credentials: { appId: string; appSecret: string }): Code2Session =>
  async (jsCode, { signal } = {}) => {
    assertPlausibleCode(PATH, jsCode)
    const reply = await send({
      method: 'GET',
      path: PATH,
      query: {
        appid: credentials.appId,
        secret: credentials.appSecret,
        js_code: jsCode,
        grant_type: 'authorization_code',
      },
      decode: decodeReply(PATH),
      signal,
    })

    const { openid, session_key, unionid } = checkReply(PATH, Code2SessionReply, reply)

    return { openid, sessionKey: session_key, unionid: unionid || null }
  }

const PATH = '/sns/jscode2session'

const Code2SessionReply = Type.Object({
  openid: Openid,
  session_key: SessionKey,
  unionid: Unionid,
})
