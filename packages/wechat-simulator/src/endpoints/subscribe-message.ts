import { randomBytes } from 'node:crypto'
import type { Template } from '../platform/subscriptions.ts'
import { WeChatError } from '../platform/wechat-error.ts'
import { subscribeEvent } from '../push/subscribe-event.ts'
import { hasPage, requireTypes } from './arguments.ts'
import type { AuthorizedCall, JsonBody } from './authorize.ts'
import { postWithToken, requirePerson } from './authorize.ts'
import { findFieldProblem } from './subscribe-field.ts'

/** Where WeChat cuts off the text of 47003, as observed. */
const LONGEST_TEXT = 48
const TYPES = {
  touser: 'string',
  template_id: 'string',
  page: 'string',
  miniprogram_state: 'string',
  lang: 'string',
  data: 'object',
} as const

/** Sends a message that the person has agreed to. https://developers.weixin.qq.com/miniprogram/dev/server/API/mp-message-management/subscribe-message/api_sendmessage */
export const subscribeSend = postWithToken('/cgi-bin/message/subscribe/send', (call, body) => {
  requireTypes(body, TYPES)
  const { app, platform } = call
  const person = requirePerson(body.touser, call)
  const template = requireTemplate(body.template_id, call)
  requireData(template, (body.data ?? {}) as JsonBody, call)
  if (body.page && !hasPage(app, String(body.page))) throw new WeChatError(41030)
  if (!platform.subscriptions.take(template, person.name)) throw new WeChatError(43101)
  platform.messages.add({
    at: platform.clock.now(),
    appid: app.appid,
    person: person.name,
    kind: 'subscribe',
    content: body,
  })
  const msgid = randomBytes(6).readUIntBE(0, 6)
  const { templateId: TemplateId } = template
  const sent = { TemplateId, MsgID: String(msgid), ErrorCode: '0', ErrorStatus: 'success' }
  if (app.push) {
    void platform.pushes.deliver(
      app,
      subscribeEvent('subscribe_msg_sent_event', [sent], app, person),
    )
  }

  return { errcode: 0, errmsg: 'ok', msgid }
})

const requireTemplate = (id: unknown, { app, platform }: AuthorizedCall): Template => {
  const template = platform.subscriptions.template(app.appid, String(id))
  if (!template) throw new WeChatError(40037)
  if (app.subscribeBanned || template.banned) throw new WeChatError(43107)

  return template
}

const requireData = ({ fields }: Template, data: JsonBody, { platform }: AuthorizedCall) => {
  const values = fields.map((field) => (data[field] as { value?: unknown } | undefined)?.value)
  for (const [index, field] of fields.entries()) {
    const problem = findFieldProblem(field, values[index])
    if (problem) {
      const text = `argument invalid! data.${field}.value ${problem}`
      throw new WeChatError(47003, text.slice(0, LONGEST_TEXT).trimEnd())
    }
  }
  if (platform.verdicts.judge(values.join('\n')).suggest === 'risky') throw new WeChatError(45168)
}
