import { WeChatError } from '../platform/wechat-error.ts'
import type { JsonBody } from './authorize.ts'
import { postWithToken, requirePerson } from './authorize.ts'

const TYPES: readonly unknown[] = ['text', 'image', 'link', 'miniprogrampage']

/** Answers somebody who has written within 48 hours, up to five times. */
export const customSend = postWithToken('/cgi-bin/message/custom/send', (call, body) => {
  const { app, platform } = call
  const person = requirePerson(body.touser, call)
  requireContent(body)
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

const requireContent = (body: JsonBody) => {
  const { msgtype } = body
  if (!TYPES.includes(msgtype)) throw new WeChatError(40008)
  const part = body[String(msgtype)]
  if (typeof part !== 'object' || part === null) throw new WeChatError(47001)
  if (msgtype === 'text' && !(part as JsonBody).content) throw new WeChatError(44004)
}
