import type { Static } from 'typebox'
import { Type } from 'typebox'
import { SessionId } from './auth.ts'
import { Instant } from './text.ts'
import { Gender } from './user-info.ts'

const OrNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])

/** The account as stored, without secrets and operators' notes. */
export const PersonalAccount = Type.Object({
  publicId: Type.String({ examples: ['0b9f5e0a-4d5e-4c55-9d5e-7c1d0a8b2c3d'] }),
  openid: Type.String(),
  unionid: OrNull(Type.String()),
  nickName: Type.String(),
  avatarUrl: Type.String({
    description:
      'https URL; or a path of this API, which begins with /; or empty when there is none',
  }),
  pendingAvatarUrl: Type.String({
    description: 'a picture that only its owner sees until WeChat has judged it; else empty',
  }),
  profileNotice: OrNull(
    Type.String({ description: 'what WeChat refused after it was saved', examples: ['picture'] }),
  ),
  gender: Gender,
  birthday: OrNull(Type.String({ format: 'date', examples: ['1990-01-31'] })),
  mobile: Type.String({
    description: 'of an older system, proved by nobody; empty when there is none',
  }),
  phone: OrNull(Type.String({ examples: ['86-15612345677'] })),
  phoneBoundAt: OrNull(Instant()),
  userLevel: Type.Integer({ minimum: 0 }),
  invited: Type.Boolean({ description: "true when another user's card brought the user here" }),
  memberSince: Instant(),
  lastLoginAt: Instant(),
  lastLoginIp: Type.String(),
})
export type PersonalAccount = Static<typeof PersonalAccount>

/** A device on which the user is or was signed in. */
export const PersonalSession = Type.Object({
  id: SessionId,
  deviceName: Type.String(),
  ip: Type.String(),
  userAgent: Type.String(),
  createdAt: Instant(),
  lastSeenAt: Instant(),
  expiresAt: Instant(),
  endedAt: OrNull(Instant()),
  endedReason: OrNull(Type.String({ examples: ['logout'] })),
  current: Type.Boolean({ description: 'true for the session that asked' }),
})
export type PersonalSession = Static<typeof PersonalSession>

/** One line of the record of sign-ins and changes. */
export const PersonalEvent = Type.Object({
  at: Instant(),
  kind: Type.String({ examples: ['login'] }),
  outcome: Type.String({ examples: ['ok'] }),
  ip: Type.String(),
  userAgent: Type.String(),
})
export type PersonalEvent = Static<typeof PersonalEvent>

/** Everything that is kept about the caller. */
export const PersonalDataResult = Type.Object({
  exportedAt: Instant(),
  account: PersonalAccount,
  sessions: Type.Array(PersonalSession),
  events: Type.Array(PersonalEvent, { maxItems: 1_000, description: 'the newest first' }),
  eventsComplete: Type.Boolean({ description: 'false when there are older events than these' }),
})
export type PersonalDataResult = Static<typeof PersonalDataResult>

/** Closing cannot be undone, so the body has to confirm it. */
export const CloseAccountRequest = Type.Object(
  { confirm: Type.Literal(true) },
  { additionalProperties: false },
)
export type CloseAccountRequest = Static<typeof CloseAccountRequest>
