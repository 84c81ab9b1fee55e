import type { Static } from 'typebox'
import { Type } from 'typebox'
import { Appid, closed, LibVersion, Name } from './shared.ts'

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

export const PageViewRequest = Type.Object(
  {
    appid: Appid,
    person: Type.Optional(Name),
    count: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000_000 })),
  },
  closed,
)
export type PageViewRequest = Static<typeof PageViewRequest>

export const CheckSessionRequest = Type.Object(
  { appid: Appid, person: Name, session_key: Type.Optional(Type.String({ maxLength: 64 })) },
  closed,
)
export type CheckSessionRequest = Static<typeof CheckSessionRequest>

export const PhoneCodeRequest = Type.Object(
  {
    appid: Appid,
    person: Name,
    deny: Type.Optional(Type.Boolean()),
    /** A getRealtimePhoneNumber button: a text message each time, and a quota of its own. */
    realtime: Type.Optional(Type.Boolean()),
  },
  closed,
)
export type PhoneCodeRequest = Static<typeof PhoneCodeRequest>

export const UserInfoRequest = Type.Object(
  {
    appid: Appid,
    person: Name,
    api: Type.Optional(Type.Union([Type.Literal('getUserInfo'), Type.Literal('getUserProfile')])),
    libVersion: LibVersion,
  },
  closed,
)
export type UserInfoRequest = Static<typeof UserInfoRequest>

export const NicknameRequest = Type.Object(
  {
    appid: Appid,
    person: Name,
    nickname: Type.String({ maxLength: 1000 }),
    libVersion: LibVersion,
  },
  closed,
)
export type NicknameRequest = Static<typeof NicknameRequest>

export const AvatarRequest = Type.Object(
  {
    appid: Appid,
    person: Name,
    /** The picture, as base64. */
    image: Type.String({ maxLength: 12_000_000, pattern: '^[A-Za-z0-9+/]*=*$' }),
    libVersion: LibVersion,
  },
  closed,
)
export type AvatarRequest = Static<typeof AvatarRequest>
