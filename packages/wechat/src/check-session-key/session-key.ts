import { Type } from 'typebox'
import type { CallOptions } from '../call/call-options.ts'
import type { WeChatClient } from '../client.ts'
import { WeChatError } from '../errors.ts'
import { Openid, SessionKey } from '../login/identity.ts'
import { signWithSessionKey } from '../user-data/signature.ts'

export type UserSession = { openid: string; sessionKey: string }

export type SessionKeys = {
  /**
   * Whether this is still the user's session_key.
   * https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_checksessionkey
   */
  checkSessionKey(session: UserSession, options?: CallOptions): Promise<boolean>
  /** Replaces the session_key, which becomes invalid; the lifetime of the session does not change. */
  resetUserSessionKey(session: UserSession, options?: CallOptions): Promise<UserSession>
}

export const createSessionKeys = ({ call }: Pick<WeChatClient, 'call'>): SessionKeys => ({
  checkSessionKey: async (session, options) => {
    try {
      await call({ path: CHECK_PATH, query: proofOf(session), reply: Type.Object({}) }, options)
      return true
    } catch (error) {
      if (error instanceof WeChatError && error.errcode === INVALID_SIGNATURE) return false
      throw error
    }
  },
  resetUserSessionKey: async (session, options) => {
    // If the first attempt took effect, a second one would be signed with an invalid key.
    const request = { path: RESET_PATH, query: proofOf(session), reply: ResetReply }
    const { openid, session_key } = await call({ ...request, retryBusy: false }, options)

    return { openid, sessionKey: session_key }
  },
})

/** The parameters that prove possession of a session_key without sending it. */
export const proofOf = ({ openid, sessionKey }: UserSession) => ({
  openid,
  signature: signWithSessionKey(sessionKey, ''),
  sig_method: 'hmac_sha256',
})

const CHECK_PATH = '/wxa/checksession'
const RESET_PATH = '/wxa/resetusersessionkey'
const INVALID_SIGNATURE = 87009
const ResetReply = Type.Object({ openid: Openid, session_key: SessionKey })
