import type { Static } from 'typebox'
import { Type } from 'typebox'
import { ShareId } from './share.ts'
import { DisplayText, Instant } from './text.ts'
import { UserInfo, UserInfoClaim } from './user-info.ts'

/** The version of the user agreement that the user agreed to on this device. */
export const AgreementVersion = Type.String({
  pattern: '^[0-9A-Za-z._-]{1,32}$',
  examples: ['2026-11-30'],
})

/** `code` is what `wx.login` gave: valid for five minutes, once. */
export const LoginByWeixinRequest = Type.Object(
  {
    code: Type.String({ minLength: 1, maxLength: 128, examples: ['0c1aBC2w3kWQ2a'] }),
    userInfo: Type.Optional(UserInfoClaim),
    deviceId: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9_-]{8,64}$',
        description:
          'random, made once by the client; signing in again on it ends its last session',
      }),
    ),
    deviceName: Type.Optional(DisplayText({ maxLength: 64, examples: ['iPhone 15'] })),
    shareId: Type.Optional(ShareId),
    agreement: Type.Optional(AgreementVersion),
  },
  { additionalProperties: false },
)
export type LoginByWeixinRequest = Static<typeof LoginByWeixinRequest>

export const LoginByWeixinResult = Type.Object({
  token: Type.String({ description: 'goes into the header X-OA-Token' }),
  tokenExpire: Instant(),
  userInfo: UserInfo,
})
export type LoginByWeixinResult = Static<typeof LoginByWeixinResult>

export const SessionId = Type.String({
  format: 'uuid',
  maxLength: 36,
  examples: ['01938a5e-7c1d-7000-8000-000000000001'],
})

export const SessionParams = Type.Object({ id: SessionId }, { additionalProperties: false })
export type SessionParams = Static<typeof SessionParams>

/** A device on which the caller is signed in. */
/** By a database of address ranges, if the server has one: a guess. */
export const Place = Type.Object({
  zh: Type.String({ examples: ['中国 上海'] }),
  en: Type.String({ examples: ['Shanghai, China'] }),
})
export type Place = Static<typeof Place>

export const SessionInfo = Type.Object({
  id: SessionId,
  deviceName: Type.String(),
  ip: Type.String(),
  place: Type.Optional(Place),
  createdAt: Instant(),
  lastSeenAt: Instant(),
  expiresAt: Instant(),
  current: Type.Boolean({ description: 'true for the session that asked' }),
})
export type SessionInfo = Static<typeof SessionInfo>

/** A sign-in on a device that was not known, which the caller has not seen yet. */
export const NewDevice = Type.Object({
  deviceName: Type.String(),
  ip: Type.String(),
  place: Type.Optional(Place),
  at: Instant(),
  sessionId: Type.Union([SessionId, Type.Null()], {
    description: 'the session on that device; null when it is over',
  }),
})
export type NewDevice = Static<typeof NewDevice>

export const SessionsResult = Type.Object({
  sessions: Type.Array(SessionInfo, { maxItems: 10 }),
  newDevices: Type.Array(NewDevice, {
    maxItems: 20,
    description: 'the newest first; a device does not see itself',
  }),
})
export type SessionsResult = Static<typeof SessionsResult>

/** `until` is the `at` of the newest one that was shown: what came since stays unseen. */
export const SeeNewDevicesRequest = Type.Object(
  {
    until: Type.String({
      format: 'date-time',
      maxLength: 32,
      examples: ['2026-11-21T08:00:00.000Z'],
    }),
  },
  { additionalProperties: false },
)
export type SeeNewDevicesRequest = Static<typeof SeeNewDevicesRequest>

export const LogoutAllResult = Type.Object({
  ended: Type.Integer({ minimum: 0, description: 'how many sessions ended, this one included' }),
})
export type LogoutAllResult = Static<typeof LogoutAllResult>

export const AuthInfoResult = Type.Object({ userInfo: UserInfo, session: SessionInfo })
export type AuthInfoResult = Static<typeof AuthInfoResult>
