import { randomBytes } from 'node:crypto'
import type { Template } from '../platform/subscriptions.ts'
import { WeChatError } from '../platform/wechat-error.ts'
import { hasPage } from './arguments.ts'
import type { JsonBody } from './authorize.ts'
import { postWithToken, requirePerson } from './authorize.ts'
import { isFieldValue } from './subscribe-field.ts'

/** Sends a message that the person has agreed to. https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/subscribe-message.html */
export const subscribeSend = postWithToken('/cgi-bin/message/subscribe/send', (call, body) => {
  const { app, platform } = call
  const { touser, template_id, page, data } = body
  const person = requirePerson(touser, call)
  const template = platform.subscriptions.template(app.appid, String(template_id))
  if (!template) throw new WeChatError(40037)
  requireData(template, data)
  if (page !== undefined && !hasPage(app, String(page))) throw new WeChatError(41030)
  if (!platform.subscriptions.take(app.appid, person.name, template.templateId)) {
    throw new WeChatError(43101)
  }
  platform.messages.add({
    at: platform.clock.now(),
    appid: app.appid,
    person: person.name,
    kind: 'subscribe',
    content: body,
  })

  return { errcode: 0, errmsg: 'ok', msgid: randomBytes(6).readUIntBE(0, 6) }
})

const requireData = ({ fields }: Template, data: unknown) => {
  const given = typeof data === 'object' && data !== null ? (data as JsonBody) : {}
  for (const field of fields) {
    const value = (given[field] as { value?: unknown } | undefined)?.value
    if (!isFieldValue(field, value)) {
      throw new WeChatError(47003, `argument invalid! data.${field}.value invalid`)
    }
  }
}
