import type { Static } from 'typebox'
import { Type } from 'typebox'
import { Appid, closed, Name, Text } from './shared.ts'

const Times = Type.Optional(Type.Integer({ minimum: 1, maximum: 10 }))

export const PushRequest = Type.Object(
  {
    appid: Appid,
    /** WeChat's fields; ToUserName, FromUserName, CreateTime and MsgType are filled in. */
    message: Type.Record(Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]*$' }), Type.Unknown()),
    /** How often the same message is sent; once by default. */
    times: Times,
  },
  closed,
)
export type PushRequest = Static<typeof PushRequest>

export const UserEventRequest = Type.Object(
  {
    appid: Appid,
    person: Name,
    event: Type.Union([
      Type.Literal('user_info_modified'),
      Type.Literal('user_authorization_revoke'),
      Type.Literal('user_authorization_cancellation'),
    ]),
    /** Which data, as WeChat numbers them: "6" nickname and avatar, "8" phone number … */
    revokeInfo: Type.Optional(Type.String({ maxLength: 200 })),
    times: Times,
  },
  closed,
)
export type UserEventRequest = Static<typeof UserEventRequest>

export const UserMessageRequest = Type.Object(
  { appid: Appid, person: Name, content: Type.String({ maxLength: 2000 }) },
  closed,
)
export type UserMessageRequest = Static<typeof UserMessageRequest>

export const VerdictInput = Type.Object(
  {
    contains: Type.Optional(Text(500)),
    sha256: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
    suggest: Type.Union([Type.Literal('pass'), Type.Literal('review'), Type.Literal('risky')]),
    label: Type.Integer(),
    mediaErrcode: Type.Optional(Type.Integer()),
  },
  closed,
)
