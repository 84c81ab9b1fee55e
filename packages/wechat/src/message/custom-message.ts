import { Type } from 'typebox'
import type { Call } from '../call/call.ts'
import type { CallOptions } from '../call/call-options.ts'

/** A customer-service message. */
export type CustomMessage =
  | { type: 'text'; content: string }
  /** A picture that `uploadMedia` of `@oa/wechat/media` has uploaded. */
  | { type: 'image'; mediaId: string }
  | { type: 'link'; title: string; description: string; url: string; thumbUrl: string }
  | { type: 'miniprogrampage'; title: string; pagePath: string; thumbMediaId: string }

/**
 * Sends a message to a user who has written to customer service within the last 48 hours. When WeChat
 * is busy it is not sent again: the first may have arrived.
 * https://developers.weixin.qq.com/miniprogram/dev/server/API/kf-mgnt/kf-message/api_sendcustommessage
 */
export type SendCustomMessage = (
  touser: string,
  message: CustomMessage,
  options?: CallOptions,
) => Promise<void>

export const createSendCustomMessage =
  (call: Call): SendCustomMessage =>
  async (touser, message, options) => {
    const body = { touser, msgtype: message.type, [message.type]: toContent(message) }
    const path = '/cgi-bin/message/custom/send'
    await call({ path, body, reply: Type.Object({}), retryBusy: false }, options)
  }

const toContent = (message: CustomMessage): object => {
  switch (message.type) {
    case 'text':
      return { content: message.content }
    case 'image':
      return { media_id: message.mediaId }
    case 'link': {
      const { title, description, url, thumbUrl } = message
      return { title, description, url, thumb_url: thumbUrl }
    }
    case 'miniprogrampage':
      return {
        title: message.title,
        pagepath: message.pagePath,
        thumb_media_id: message.thumbMediaId,
      }
  }
}
