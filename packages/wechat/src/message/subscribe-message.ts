import { Type } from 'typebox'
import type { Call } from '../call/call.ts'
import type { CallOptions } from '../call/call-options.ts'

export type SubscribeMessage = {
  /** The openid of the recipient. */
  touser: string
  templateId: string
  /** The values of the template's fields, e.g. `{ thing1: '周会', time2: '15:00' }`. */
  data: Readonly<Record<string, string>>
  /** The page that a tap opens, with its query. */
  page?: string
  miniprogramState?: 'formal' | 'trial' | 'developer'
  lang?: 'zh_CN' | 'en_US' | 'zh_HK' | 'zh_TW'
}

/**
 * Sends one message that the user has agreed to; each consent allows one message. errcode 43101 means
 * that no consent is left. When WeChat is busy it is not sent again: the first may have arrived.
 * https://developers.weixin.qq.com/miniprogram/dev/server/API/mp-message-management/subscribe-message/api_sendmessage
 */
export type SendSubscribeMessage = (
  message: SubscribeMessage,
  options?: CallOptions,
) => Promise<{ msgId: string | null }>

export const createSendSubscribeMessage =
  (call: Call): SendSubscribeMessage =>
  async ({ touser, templateId, data, page, miniprogramState, lang }, options) => {
    const body = {
      touser,
      template_id: templateId,
      data: Object.fromEntries(Object.entries(data).map(([name, value]) => [name, { value }])),
      page,
      miniprogram_state: miniprogramState,
      lang,
    }
    const path = '/cgi-bin/message/subscribe/send'
    const { msgid } = await call({ path, body, reply: Reply, retryBusy: false }, options)

    return { msgId: msgid === undefined ? null : String(msgid) }
  }

const Reply = Type.Object({ msgid: Type.Optional(Type.Union([Type.Number(), Type.String()])) })
