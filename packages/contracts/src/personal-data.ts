import type { Static } from 'typebox'
import { Type } from 'typebox'
import { SessionId } from './auth.ts'
import { MemberRole, MemberState } from './org.ts'
import { Instant, OrNull } from './text.ts'
import { Gender } from './user-info.ts'

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

/** How many messages of a template the user has agreed to. */
export const PersonalConsent = Type.Object({
  templateId: Type.String(),
  left: Type.Integer({ minimum: 0 }),
  changedAt: Instant(),
})
export type PersonalConsent = Static<typeof PersonalConsent>

/** A version of the user agreement, and when the user first signed in having agreed to it. */
export const PersonalAgreement = Type.Object({
  version: Type.String(),
  agreedAt: Instant(),
})
export type PersonalAgreement = Static<typeof PersonalAgreement>

/** A sign-in on a new device that the user has not seen yet. */
export const PersonalNewDevice = Type.Object({
  deviceName: Type.String(),
  ip: Type.String(),
  at: Instant(),
})
export type PersonalNewDevice = Static<typeof PersonalNewDevice>
/** A company to which the caller belongs, belonged or asked to belong. */
export const PersonalMembership = Type.Object({
  orgName: Type.String(),
  id: Type.String(),
  state: MemberState,
  role: MemberRole,
  name: Type.String({ description: 'as the company calls the caller' }),
  title: Type.String(),
  department: OrNull(Type.String()),
  phoneLast4: OrNull(Type.String({ description: 'of the number on its roster' })),
  reason: OrNull(Type.String({ description: 'of a refusal, suspension or removal' })),
  requestedAt: OrNull(Instant()),
  decidedAt: OrNull(Instant()),
  joinedAt: OrNull(Instant()),
  leftAt: OrNull(Instant()),
})
export type PersonalMembership = Static<typeof PersonalMembership>

/** A meeting in which the caller takes or took part. */
export const PersonalMeeting = Type.Object({
  title: Type.String(),
  startsAt: Instant(),
  part: Type.String({ examples: ['participant'] }),
  reply: Type.String({ examples: ['yes'] }),
  reason: OrNull(Type.String()),
  repliedAt: OrNull(Instant()),
  seenAt: OrNull(Instant()),
  checkedInAt: OrNull(Instant()),
  checkInWay: OrNull(Type.String({ examples: ['code'] })),
  checkInReason: OrNull(Type.String({ description: 'of what an organiser did by hand' })),
})
export type PersonalMeeting = Static<typeof PersonalMeeting>

/** A vote in which the caller may or could vote; of a secret one, no more than this is kept. */
export const PersonalVote = Type.Object({
  title: Type.String(),
  voted: Type.Boolean(),
  struck: Type.Boolean({ description: 'left or was suspended before voting' }),
})
export type PersonalVote = Static<typeof PersonalVote>

/** What the caller chose in a named vote. */
export const PersonalChoice = Type.Object({
  title: Type.String(),
  choice: Type.String(),
  castAt: Instant(),
})
export type PersonalChoice = Static<typeof PersonalChoice>

/** Something that the caller was told. */
export const PersonalNotice = Type.Object({
  kind: Type.String({ examples: ['invited'] }),
  at: Instant(),
  readAt: OrNull(Instant()),
  words: Type.String({ description: 'what the line held, as JSON' }),
})
export type PersonalNotice = Static<typeof PersonalNotice>

/** Everything that is kept about the caller. */
export const PersonalDataResult = Type.Object({
  exportedAt: Instant(),
  account: PersonalAccount,
  memberships: Type.Array(PersonalMembership),
  meetings: Type.Array(PersonalMeeting, { maxItems: 1_000, description: 'the newest first' }),
  votes: Type.Array(PersonalVote, { maxItems: 1_000, description: 'the newest first' }),
  choices: Type.Array(PersonalChoice, { maxItems: 1_000, description: 'the newest first' }),
  notices: Type.Array(PersonalNotice, { maxItems: 1_000, description: 'the newest first' }),
  sessions: Type.Array(PersonalSession),
  events: Type.Array(PersonalEvent, { maxItems: 1_000, description: 'the newest first' }),
  eventsComplete: Type.Boolean({ description: 'false when there is older than these 1,000' }),
  consents: Type.Array(PersonalConsent),
  agreements: Type.Array(PersonalAgreement, { description: 'the newest first' }),
  newDevices: Type.Array(PersonalNewDevice),
})
export type PersonalDataResult = Static<typeof PersonalDataResult>

/** Closing cannot be undone, so the body has to confirm it. */
export const CloseAccountRequest = Type.Object(
  { confirm: Type.Literal(true) },
  { additionalProperties: false },
)
export type CloseAccountRequest = Static<typeof CloseAccountRequest>
