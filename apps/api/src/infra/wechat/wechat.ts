import { ERRNO } from '@oa/contracts'
import type { PhoneNumber, WeChatClient, WeChatClientOptions } from '@oa/wechat'
import { createWeChatClient, decryptPhoneNumber, UserDataError, WeChatError } from '@oa/wechat'
import { createSessionKeys } from '@oa/wechat/check-session-key'
import { createContentSafety } from '@oa/wechat/content'
import { outcomeOf } from '../../errors/wechat-errors.ts'
import type {
  CustomMessage,
  EncryptedPhone,
  SubscribeMessage,
  WeChatIdentity,
  WeChatPhone,
  WeChatState,
} from './types.ts'

export type WeChat = ReturnType<typeof createWeChat>

/** The calls to WeChat that features make. Each one rejects with `WeChatError`, within 3 s. */
export const createWeChat = (options: WeChatClientOptions) => {
  const client = createWeChatClient(options)
  const { appId } = options
  const signIn = createSignIn(client)
  const contentSafety = createContentSafety(client)
  const sessionKeys = createSessionKeys(client)

  return {
    code2Session: signIn.code2Session,
    /** Costs money when it succeeds. Rejects with `code_invalid` also for the code of another user. */
    async getPhoneNumber(code: string, openid: string): Promise<WeChatPhone> {
      const phone = toPhone(await client.getPhoneNumber(code, { openid }))
      if (phone === null) throw contradictoryNumber()
      return phone
    },
    /** Makes no call. Null for data of another key or another app, and for data older than 5 minutes. */
    decryptPhoneNumber(data: EncryptedPhone): WeChatPhone | null {
      try {
        return toPhone(decryptPhoneNumber({ appId, ...data }))
      } catch (error) {
        if (error instanceof UserDataError) return null
        throw error
      }
    },
    /** What WeChat thinks of a name; `openid` is its author's. */
    async checkText(openid: string, content: string) {
      const check = { openid, scene: 'profile', content, nickname: content } as const
      return (await contentSafety.msgSecCheck(check)).suggest
    },
    /** Resolves to the id under which WeChat pushes its verdict, within half an hour. */
    async checkPicture(openid: string, mediaUrl: string): Promise<string> {
      const check = { openid, scene: 'profile', mediaType: 'image', mediaUrl } as const
      return (await contentSafety.mediaCheckAsync(check)).traceId
    },
    /** A new session_key in place of this one; null when WeChat does not accept this one any more. */
    async resetSessionKey(openid: string, sessionKey: string): Promise<string | null> {
      try {
        return (await sessionKeys.resetUserSessionKey({ openid, sessionKey })).sessionKey
      } catch (error) {
        if (error instanceof WeChatError && KEY_GONE.has(error.errcode ?? 0)) return null
        throw error
      }
    },
    /** WeChat's server credential; it must not be logged. */
    accessToken: () => client.accessToken.get(),
    /** Resolves to WeChat's id of the message, or null. Sent once: a busy WeChat may have taken it. */
    async sendSubscribeMessage(touser: string, message: SubscribeMessage): Promise<string | null> {
      const { msgId } = await client.sendSubscribeMessage({ touser, ...message })
      return msgId
    },
    sendCustomMessage: (touser: string, message: CustomMessage) =>
      client.sendCustomMessage(touser, message),
    state: (): WeChatState => {
      if (signIn.isMisconfigured()) return 'misconfigured'
      return client.health().breaker === 'open' ? 'down' : 'up'
    },
    close: () => client.close(),
  }
}

/** The user has no session at WeChat, or another key. */
const KEY_GONE = new Set([87007, 87009])

const createSignIn = (client: WeChatClient) => {
  let misconfigured = false

  return {
    isMisconfigured: () => misconfigured,
    async code2Session(code: string): Promise<WeChatIdentity> {
      try {
        const { openid, sessionKey, unionid } = await client.code2Session(code)
        misconfigured = false
        return { openid, sessionKey, unionid: unionid ?? null }
      } catch (error) {
        if (error instanceof WeChatError) {
          const { errno, alert } = outcomeOf('signIn', error)
          if (alert === 'misconfigured') misconfigured = true
          // WeChat looked at the code, so it accepts our credentials.
          if (errno === ERRNO.WX_CODE_INVALID) misconfigured = false
        }
        throw error
      }
    },
  }
}

const contradictoryNumber = () =>
  new WeChatError('bad_response', 'getPhoneNumber: the number contradicts itself', {
    retryAfterSeconds: 5,
  })

/**
 * Null when the number with its country code and the number without it differ: encryptedData is not
 * signed, so its sender may have changed one of them.
 */
const toPhone = ({
  phoneNumber,
  purePhoneNumber,
  countryCode,
}: PhoneNumber): WeChatPhone | null => {
  const digits = phoneNumber.replaceAll(/\D/g, '')
  return digits === purePhoneNumber || digits === countryCode + purePhoneNumber
    ? { countryCode, number: purePhoneNumber }
    : null
}
