import type { Static } from 'typebox'
import { Type } from 'typebox'
import { ShareId } from './share.ts'
import { DisplayText, Instant } from './text.ts'
import { UserInfo, UserInfoClaim } from './user-info.ts'

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
export const SessionInfo = Type.Object({
  id: SessionId,
  deviceName: Type.String(),
  ip: Type.String(),
  createdAt: Instant(),
  lastSeenAt: Instant(),
  expiresAt: Instant(),
  current: Type.Boolean({ description: 'true for the session that asked' }),
})
export type SessionInfo = Static<typeof SessionInfo>

export const SessionsResult = Type.Object({ sessions: Type.Array(SessionInfo, { maxItems: 10 }) })
export type SessionsResult = Static<typeof SessionsResult>

export const LogoutAllResult = Type.Object({
  ended: Type.Integer({ minimum: 0, description: 'how many sessions ended, this one included' }),
})
export type LogoutAllResult = Static<typeof LogoutAllResult>

export const AuthInfoResult = Type.Object({ userInfo: UserInfo, session: SessionInfo })
export type AuthInfoResult = Static<typeof AuthInfoResult>
