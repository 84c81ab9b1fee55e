import type { Static } from 'typebox'
import { Type } from 'typebox'

const closed = { additionalProperties: false }
const Name = Type.String({ minLength: 1, maxLength: 64 })
const Appid = Type.String({ minLength: 1, maxLength: 64 })

export const Nothing = Type.Object({}, closed)

export const AppInput = Type.Object(
  {
    appid: Appid,
    secret: Type.String({ minLength: 1, maxLength: 128 }),
    openPlatform: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  },
  closed,
)
export type AppInput = Static<typeof AppInput>

export const PersonRequest = Type.Object(
  {
    name: Name,
    appid: Type.Optional(Appid),
    openid: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    highRisk: Type.Optional(Type.Boolean()),
  },
  closed,
)
export type PersonRequest = Static<typeof PersonRequest>

export const LoginRequest = Type.Object({ appid: Appid, person: Name }, closed)
export type LoginRequest = Static<typeof LoginRequest>

export const CheckSessionRequest = Type.Object(
  { appid: Appid, person: Name, session_key: Type.Optional(Type.String({ maxLength: 64 })) },
  closed,
)
export type CheckSessionRequest = Static<typeof CheckSessionRequest>

const Count = Type.Integer({ minimum: 0 })
const Errcode = Type.Optional(Type.Integer())
const Limit = Type.Optional(Count)

export const SettingsRequest = Type.Object(
  {
    codeTtlMs: Limit,
    sessionKeyTtlMs: Limit,
    sessionKeyMinRefreshMs: Limit,
    clientCallsPerSecond: Limit,
    rememberedCalls: Limit,
    quotas: Type.Optional(
      Type.Record(
        Type.String({ pattern: '^/', maxLength: 200 }),
        Type.Object({ perMinute: Limit, perDay: Limit, perPersonPerMinute: Limit }, closed),
      ),
    ),
    errcodes: Type.Optional(
      Type.Object(
        {
          expiredCode: Errcode,
          codeOfOtherApp: Errcode,
          missingAppid: Errcode,
          missingSecret: Errcode,
          badGrantType: Errcode,
        },
        closed,
      ),
    ),
  },
  closed,
)
export type SettingsRequest = Static<typeof SettingsRequest>

export const AdvanceRequest = Type.Object({ ms: Type.Integer({ minimum: 0 }) }, closed)

export const CallsQuery = Type.Object(
  {
    path: Type.Optional(Type.String({ maxLength: 200 })),
    since: Type.Optional(Type.String({ pattern: '^[0-9]{1,16}$' })),
  },
  closed,
)
