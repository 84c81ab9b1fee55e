import type { Static } from 'typebox'
import { Type } from 'typebox'

/** What a subscribe message (订阅消息) tells about. */
export const MessageKind = Type.Union([
  Type.Literal('new_device', { description: 'a sign-in on a device that was not known' }),
  Type.Literal('invited', { description: 'called to a meeting' }),
  Type.Literal('changed', { description: 'a meeting has another time or place' }),
  Type.Literal('cancelled', { description: 'a meeting does not take place' }),
  Type.Literal('starting', { description: 'a meeting begins soon' }),
  Type.Literal('approval', { description: 'a meeting, or somebody who wants to join, waits' }),
  Type.Literal('result', { description: 'what was decided about one' }),
  Type.Literal('vote', { description: 'a vote was opened' }),
])
export type MessageKind = Static<typeof MessageKind>

const TemplateId = Type.String({
  minLength: 1,
  maxLength: 64,
  examples: ['Jm1oYTAJQ0nPRk5NBYXtlQkJq1SXl0e9LKcJmz5zVRk'],
})

/** The caller's consents to subscribe messages, which WeChat asks for by template. */
export const ConsentsResult = Type.Object({
  templates: Type.Array(
    Type.Object({
      kind: MessageKind,
      id: TemplateId,
      left: Type.Integer({ minimum: 0, description: 'messages that may still be sent' }),
    }),
    { maxItems: 10, description: 'empty when this server sends no subscribe messages' },
  ),
  countedBy: Type.Union([Type.Literal('wechat'), Type.Literal('client')], {
    description: 'wechat: consents count once WeChat has pushed them, within seconds',
  }),
})
export type ConsentsResult = Static<typeof ConsentsResult>

/** What `wx.requestSubscribeMessage` answered. It counts only where WeChat pushes nothing. */
export const ReportConsentsRequest = Type.Object(
  {
    accepted: Type.Array(TemplateId, { minItems: 1, maxItems: 5, uniqueItems: true }),
  },
  { additionalProperties: false },
)
export type ReportConsentsRequest = Static<typeof ReportConsentsRequest>
