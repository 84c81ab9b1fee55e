import type { Static } from 'typebox'
import { Type } from 'typebox'
import type { SettingsInput } from '../platform/settings.ts'
import { errcodeNames, settingNames } from '../platform/settings.ts'

const closed = { additionalProperties: false }
const Name = Type.String({ minLength: 1, maxLength: 64 })
const Appid = Type.String({ minLength: 1, maxLength: 64 })

export const Nothing = Type.Object({}, closed)

const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength })
const Texts = Type.Optional(Type.Array(Text(200), { maxItems: 1000 }))

const PushTarget = Type.Object(
  {
    url: Type.String({ pattern: '^https?://', maxLength: 500 }),
    token: Text(64),
    encodingAESKey: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9+/]{43}$' })),
    mode: Type.Optional(
      Type.Union([Type.Literal('plain'), Type.Literal('compat'), Type.Literal('safe')]),
    ),
    format: Type.Optional(Type.Union([Type.Literal('xml'), Type.Literal('json')])),
  },
  closed,
)

const appTraits = {
  openPlatform: Type.Optional(Text(64)),
  ipWhitelist: Texts,
  secretFrozen: Type.Optional(Type.Boolean()),
  tokenRefusal: Type.Optional(Type.Integer()),
  banned: Type.Optional(Type.Boolean()),
  deniedPaths: Texts,
  pages: Texts,
  phoneQuota: Type.Optional(Type.Integer({ minimum: 0 })),
  privacyScopes: Texts,
  push: Type.Optional(PushTarget),
}

export const AppInput = Type.Object({ appid: Appid, secret: Text(128), ...appTraits }, closed)
export type AppInput = Static<typeof AppInput>

export const AppChange = Type.Object(
  { appid: Appid, secret: Type.Optional(Text(128)), ...appTraits },
  closed,
)
export type AppChange = Static<typeof AppChange>

export const PersonRequest = Type.Object(
  {
    name: Name,
    appid: Type.Optional(Appid),
    openid: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    highRisk: Type.Optional(Type.Boolean()),
    riskRank: Type.Optional(Type.Integer({ minimum: 0, maximum: 4 })),
    phone: Type.Optional(Type.String({ pattern: '^[0-9]{5,15}$' })),
    countryCode: Type.Optional(Type.String({ pattern: '^[0-9]{1,4}$' })),
    profile: Type.Optional(
      Type.Partial(
        Type.Object(
          {
            nickName: Type.String({ maxLength: 64 }),
            avatarUrl: Type.String({ maxLength: 500 }),
            gender: Type.Integer({ minimum: 0, maximum: 2 }),
            country: Type.String({ maxLength: 64 }),
            province: Type.String({ maxLength: 64 }),
            city: Type.String({ maxLength: 64 }),
            language: Type.String({ maxLength: 16 }),
          },
          closed,
        ),
      ),
    ),
  },
  closed,
)
export type PersonRequest = Static<typeof PersonRequest>

export const LoginRequest = Type.Object({ appid: Appid, person: Name }, closed)
export type LoginRequest = Static<typeof LoginRequest>

export const PhoneCodeRequest = Type.Object(
  { appid: Appid, person: Name, deny: Type.Optional(Type.Boolean()) },
  closed,
)
export type PhoneCodeRequest = Static<typeof PhoneCodeRequest>

export const UserInfoRequest = Type.Object(
  {
    appid: Appid,
    person: Name,
    api: Type.Optional(Type.Union([Type.Literal('getUserInfo'), Type.Literal('getUserProfile')])),
    /** Base library; a current one when it is not given. */
    libVersion: Type.Optional(Type.String({ pattern: '^[0-9]+([.][0-9]+){2}$' })),
  },
  closed,
)
export type UserInfoRequest = Static<typeof UserInfoRequest>

const Times = Type.Optional(Type.Integer({ minimum: 1, maximum: 10 }))

export const AppRequest = Type.Object({ appid: Appid }, closed)
export type AppRequest = Static<typeof AppRequest>

export const PushRequest = Type.Object(
  {
    appid: Appid,
    /** WeChat's fields; ToUserName, FromUserName, CreateTime and MsgType are filled in. */
    message: Type.Record(Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]*$' }), Type.Unknown()),
    /** How often the same message is sent; once unless told. */
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

export const VerdictInput = Type.Object(
  {
    contains: Text(500),
    suggest: Type.Union([Type.Literal('pass'), Type.Literal('review'), Type.Literal('risky')]),
    label: Type.Integer(),
  },
  closed,
)

export const CheckSessionRequest = Type.Object(
  { appid: Appid, person: Name, session_key: Type.Optional(Type.String({ maxLength: 64 })) },
  closed,
)
export type CheckSessionRequest = Static<typeof CheckSessionRequest>

const Limit = Type.Optional(Type.Integer({ minimum: 0 }))
const Errcode = Type.Optional(Type.Integer())

/** As `SettingsInput`; the names are those of the settings themselves. */
export const SettingsRequest = Type.Unsafe<SettingsInput>(
  Type.Object(
    {
      ...Object.fromEntries(settingNames.map((name) => [name, Limit])),
      phonePrefix: Type.Optional(Type.Union([Type.Literal('foreign'), Type.Literal('always')])),
      quotas: Type.Optional(
        Type.Record(
          Type.String({ pattern: '^/', maxLength: 200 }),
          Type.Object(
            {
              perMinute: Limit,
              perDay: Limit,
              perPersonPerMinute: Limit,
              minuteErrcode: Errcode,
            },
            closed,
          ),
        ),
      ),
      errcodes: Type.Optional(
        Type.Object(Object.fromEntries(errcodeNames.map((name) => [name, Errcode])), closed),
      ),
    },
    closed,
  ),
)

export const AdvanceRequest = Type.Object({ ms: Type.Integer({ minimum: 0 }) }, closed)

export const CallsQuery = Type.Object(
  {
    path: Type.Optional(Type.String({ maxLength: 200 })),
    since: Type.Optional(Type.String({ pattern: '^[0-9]{1,16}$' })),
  },
  closed,
)
