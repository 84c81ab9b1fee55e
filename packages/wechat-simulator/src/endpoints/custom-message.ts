import { WeChatError } from '../platform/wechat-error.ts'
import { requireTypes } from './arguments.ts'
import type { AuthorizedCall, JsonBody } from './authorize.ts'
import { postWithToken, requirePerson } from './authorize.ts'

/** The message types, each with the field that names an uploaded picture. */
const TYPES: Readonly<Record<string, string | null>> = {
  text: null,
  image: 'media_id',
  link: null,
  miniprogrampage: 'thumb_media_id',
}

/**
 * Answers a person who wrote within 48 hours, up to five times, or just entered the conversation.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/customer-message/send.html
 */
export const customSend = postWithToken('/cgi-bin/message/custom/send', (call, body) => {
  requireTypes(body, { touser: 'string', msgtype: 'string' })
  const { app, platform } = call
  const person = requirePerson(body.touser, call)
  requireContent(body, call)
  const reply = platform.conversations.takeReply(app.appid, person.name)
  if (reply !== 'ok') throw new WeChatError(reply === 'closed' ? 45015 : 45047)
  platform.messages.add({
    at: platform.clock.now(),
    appid: app.appid,
    person: person.name,
    kind: 'custom',
    content: body,
  })

  return { errcode: 0, errmsg: 'ok' }
})

const requireContent = (body: JsonBody, { app, platform }: AuthorizedCall) => {
  const type = String(body.msgtype)
  if (!Object.hasOwn(TYPES, type)) throw new WeChatError(40008)
  requireTypes(body, { [type]: 'object' }, [type])
  const part = body[type] as JsonBody
  if (type === 'text' && !part.content) throw new WeChatError(44004)
  const picture = TYPES[type]
  if (picture && platform.media.get(String(part[picture]))?.appid !== app.appid) {
    throw new WeChatError(40007)
  }
}
