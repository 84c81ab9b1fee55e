import type { Static } from 'typebox'
import { Type } from 'typebox'
import { Appid, closed, Name, Text } from './shared.ts'

export const PrivacyRequest = Type.Object(
  {
    appid: Appid,
    person: Name,
    /** What the API needs, as the app's privacyScopes name it. */
    scope: Text(64),
  },
  closed,
)
export type PrivacyRequest = Static<typeof PrivacyRequest>

export const PrivacyAnswerRequest = Type.Object(
  {
    appid: Appid,
    person: Name,
    event: Type.Union([
      Type.Literal('exposureAuthorization'),
      Type.Literal('agree'),
      Type.Literal('disagree'),
    ]),
  },
  closed,
)
export type PrivacyAnswerRequest = Static<typeof PrivacyAnswerRequest>

export const TemplateInput = Type.Object(
  {
    appid: Appid,
    templateId: Text(64),
    fields: Type.Array(Type.String({ pattern: '^[a-z_]+[0-9]+$' }), { maxItems: 20 }),
  },
  closed,
)

export const SubscribeRequest = Type.Object(
  {
    appid: Appid,
    person: Name,
    tmplIds: Type.Array(Type.String({ maxLength: 64 }), { maxItems: 20 }),
    answers: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Union([
          Type.Literal('accept'),
          Type.Literal('reject'),
          Type.Literal('ban'),
          Type.Literal('filter'),
        ]),
      ),
    ),
  },
  closed,
)
export type SubscribeRequest = Static<typeof SubscribeRequest>
