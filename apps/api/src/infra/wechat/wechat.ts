import { ERRNO } from '@oa/contracts'
import type { PhoneNumber, WeChatCall, WeChatClient, WeChatClientOptions } from '@oa/wechat'
import { createWeChatClient, decryptPhoneNumber, UserDataError, WeChatError } from '@oa/wechat'
import { createSessionKeys } from '@oa/wechat/check-session-key'
import { createContentSafety } from '@oa/wechat/content'
import { createQrCodes } from '@oa/wechat/qr-code'
import { Type } from 'typebox'
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
  const reachability = createReachability()
  const client = createWeChatClient({
    ...options,
    onCall(call) {
      reachability.note(call)
      options.onCall?.(call)
    },
  })
  const { appId } = options
  const signIn = createSignIn(client)
  const contentSafety = createContentSafety(client)
  const sessionKeys = createSessionKeys(client)
  const codes = createQrCodes(client)

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
    /** The picture of a mini-program code that opens the page with this scene, published or not. */
    drawCode: ({ scene, page }: { scene: string; page: string }) =>
      codes.getWxaCodeUnlimit({ scene, page, checkPath: false }),
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
    /** The templates of subscribe messages that were chosen in WeChat's console, with their fields. */
    async listTemplates(): Promise<{ id: string; fields: string[] }[]> {
      const { data } = await client.call({ path: TEMPLATES_PATH, reply: TemplateList })
      return data.map(({ priTmplId, content }) => ({
        id: priTmplId,
        fields: [...content.matchAll(FIELD)].map(([, field = '']) => field),
      }))
    },
    sendCustomMessage: (touser: string, message: CustomMessage) =>
      client.sendCustomMessage(touser, message),
    state: (): WeChatState => {
      if (signIn.isMisconfigured()) return 'misconfigured'
      return client.health().breaker === 'open' || reachability.isLost() ? 'down' : 'up'
    },
    health: () => client.health(),
    close: () => client.close(),
  }
}

/** https://developers.weixin.qq.com/miniprogram/dev/server/API/mp-message-management/subscribe-message/api_getmessagetemplatelist */
const TEMPLATES_PATH = '/wxaapi/newtmpl/gettemplate'
const TemplateList = Type.Object({
  data: Type.Array(Type.Object({ priTmplId: Type.String(), content: Type.String() })),
})
/** `会议主题:{{thing1.DATA}}` */
const FIELD = /\{\{(\w+)\.DATA\}\}/g

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

/** A failure says little about WeChat when nobody has called for longer. */
const LOST_MS = 60_000
const NO_ANSWER = new Set<WeChatCall['outcome']>(['timeout', 'unreachable', 'tls', 'bad_response'])
/** Nothing was sent, or nobody waited for the answer. */
const NOTHING_LEARNT = new Set<WeChatCall['outcome']>(['circuit_open', 'overloaded', 'aborted'])

/** Whether the last call got no answer of WeChat's: the breaker opens only after some. */
const createReachability = () => {
  let lostAt = Number.NEGATIVE_INFINITY
  return {
    note({ outcome }: WeChatCall) {
      if (NOTHING_LEARNT.has(outcome)) return
      lostAt = NO_ANSWER.has(outcome) ? performance.now() : Number.NEGATIVE_INFINITY
    },
    isLost: () => performance.now() - lostAt < LOST_MS,
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
