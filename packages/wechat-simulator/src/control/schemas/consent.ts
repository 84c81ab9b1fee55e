import type { Static } from 'typebox'
import { Type } from 'typebox'
import { Appid, closed, LibVersion, Name, Text } from './shared.ts'

export const PrivacyRequest = Type.Object(
  {
    appid: Appid,
    person: Name,
    /** What the API needs, as the app's privacyScopes name it. */
    scope: Text(64),
    /** The API has a permission dialog, which asks for the consent too: refused, it is errno 103. */
    coupled: Type.Optional(Type.Boolean()),
    libVersion: LibVersion,
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
      /** The person removes the app from the list of the last used ones. */
      Type.Literal('forget'),
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
    title: Type.Optional(Text(100)),
    type: Type.Optional(Type.Union([Type.Literal('once'), Type.Literal('long')])),
    banned: Type.Optional(Type.Boolean()),
  },
  closed,
)

export const SubscribeOfferRequest = Type.Object(
  {
    appid: Appid,
    person: Name,
    tmplIds: Type.Array(Type.String({ maxLength: 64 }), { maxItems: 20 }),
  },
  closed,
)
export type SubscribeOfferRequest = Static<typeof SubscribeOfferRequest>

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
          Type.Literal('acceptWithAudio'),
          Type.Literal('acceptWithAlert'),
          Type.Literal('acceptWithForcePush'),
          Type.Literal('reject'),
          Type.Literal('ban'),
          Type.Literal('filter'),
        ]),
      ),
    ),
    /** The person ticks that the choice is to be kept, and is not asked again. */
    always: Type.Optional(Type.Boolean()),
    /** What goes wrong on the phone: the network (10002, 10003) or a page that has gone (10005). */
    errCode: Type.Optional(
      Type.Union([Type.Literal(10002), Type.Literal(10003), Type.Literal(10005)]),
    ),
  },
  closed,
)
export type SubscribeRequest = Static<typeof SubscribeRequest>

export const SettingChange = Type.Object(
  {
    appid: Appid,
    person: Name,
    mainSwitch: Type.Optional(Type.Boolean()),
    itemSettings: Type.Optional(
      Type.Record(Text(64), Type.Union([Type.Literal('accept'), Type.Literal('reject')])),
    ),
    authSetting: Type.Optional(Type.Record(Text(64), Type.Boolean())),
  },
  closed,
)
export type SettingChange = Static<typeof SettingChange>
