import type { Static } from 'typebox'
import { Type } from 'typebox'
import { ItemVersion } from './department.ts'
import { PublicId } from './org.ts'
import { AttendanceStatus, CheckInWay } from './presence.ts'
import { Instant, OrNull } from './text.ts'
import { VoteItem } from './vote.ts'

export const MeetingState = Type.Union(
  [
    Type.Literal('draft'),
    Type.Literal('pending'),
    Type.Literal('rejected'),
    Type.Literal('scheduled'),
    Type.Literal('running'),
    Type.Literal('ended'),
    Type.Literal('cancelled'),
  ],
  { description: 'pending: waits for approval' },
)
export type MeetingState = Static<typeof MeetingState>

/** As clients of the articles number states; they use 6 for a meeting whose vote is open. */
const StateCode = Type.Integer({ minimum: 0, maximum: 7 })

export const MeetingRole = Type.Union([
  Type.Literal('creator'),
  Type.Literal('host'),
  Type.Literal('recorder'),
  Type.Literal('auditor'),
  Type.Literal('participant'),
  Type.Literal('observer'),
])
export type MeetingRole = Static<typeof MeetingRole>

export const Reply = Type.Union([Type.Literal('none'), Type.Literal('yes'), Type.Literal('no')])
export type Reply = Static<typeof Reply>

/** What a page lets the caller do. */
export const MeetingAction = Type.Union([
  Type.Literal('submit'),
  Type.Literal('approve'),
  Type.Literal('reject'),
  Type.Literal('withdraw'),
  Type.Literal('update'),
  Type.Literal('start'),
  Type.Literal('extend'),
  Type.Literal('end'),
  Type.Literal('cancel'),
  Type.Literal('delete'),
  Type.Literal('reply'),
  Type.Literal('remind'),
  Type.Literal('copy'),
  Type.Literal('check_in'),
  Type.Literal('show_code'),
  Type.Literal('check_in_by_hand'),
])
export type MeetingAction = Static<typeof MeetingAction>

const Person = Type.Object({ id: PublicId(), name: Type.String({ examples: ['李明'] }) })
const Place = Type.Object({ id: PublicId(), name: Type.String({ examples: ['三楼会议室'] }) })

/** A meeting in a list. */
export const MeetingCard = Type.Object({
  id: PublicId(),
  orgId: PublicId(),
  title: Type.String({ examples: ['周例会'] }),
  state: MeetingState,
  stateCode: StateCode,
  voting: Type.Boolean({ description: 'a vote is open' }),
  startsAt: Instant(),
  endsAt: Instant(),
  location: Type.String(),
  room: OrNull(Place),
  host: Person,
  people: Type.Integer({ minimum: 0 }),
  myRoles: Type.Array(MeetingRole),
  myReply: OrNull(Reply),
  myCheckedIn: Type.Boolean(),
  version: ItemVersion,
})
export type MeetingCard = Static<typeof MeetingCard>

const Counts = Type.Object({
  yes: Type.Integer(),
  no: Type.Integer(),
  none: Type.Integer(),
  seen: Type.Integer(),
  present: Type.Integer(),
})

/** What became of WeChat's messages about it: of the latest one to each who takes part. */
const MessageCounts = Type.Object({
  sent: Type.Integer(),
  noConsent: Type.Integer({ description: 'who had agreed to none, and has it in the inbox alone' }),
  unknown: Type.Integer({ description: 'WeChat did not answer; it is not sent again' }),
  waiting: Type.Integer({ description: 'still to be sent, as while WeChat is down' }),
  failed: Type.Integer({ description: 'not sent in time, or refused for another reason' }),
})

/** A meeting on its own page. Of a meeting that the caller only administers, the card with counts. */
export const MeetingResult = Type.Object({
  ...MeetingCard.properties,
  counts: Counts,
  may: Type.Array(MeetingAction),
  details: OrNull(
    Type.Object({
      agenda: Type.String(),
      creator: Person,
      recorder: OrNull(Person),
      auditor: OrNull(Person),
      reason: OrNull(Type.String({ description: 'of a rejection or a cancellation' })),
      sequence: Type.Integer({ description: 'counts announced changes; a reply names it' }),
      myReason: OrNull(Type.String()),
      mySeenAt: OrNull(Instant()),
      messages: OrNull(MessageCounts),
      myCheckedInAt: OrNull(Instant()),
      myStatus: OrNull(AttendanceStatus),
      myCheckInWay: OrNull(CheckInWay),
      checkInOpensAt: Instant(),
      votes: Type.Array(VoteItem, { description: 'the newest first' }),
      mayAddVote: Type.Boolean(),
    }),
  ),
})
export type MeetingResult = Static<typeof MeetingResult>

/** A list goes on after `next`, which is the `cursor` of the next request. */
export const MeetingsResult = Type.Object({
  items: Type.Array(MeetingCard),
  next: Type.Optional(Type.String()),
})
export type MeetingsResult = Static<typeof MeetingsResult>

export const MeetingPerson = Type.Object({
  memberId: PublicId(),
  name: Type.String(),
  title: Type.String(),
  avatarUrl: Type.String(),
  role: Type.Union([
    Type.Literal('participant'),
    Type.Literal('observer'),
    Type.Literal('host'),
    Type.Literal('recorder'),
  ]),
  reply: OrNull(Reply),
  reason: OrNull(Type.String()),
  seen: OrNull(Type.Boolean()),
  status: OrNull(AttendanceStatus),
  checkedInAt: OrNull(Instant()),
  checkInWay: OrNull(CheckInWay),
  checkInBy: OrNull(Type.String({ description: 'the name of who did it by hand' })),
  checkInReason: OrNull(Type.String()),
})
export type MeetingPerson = Static<typeof MeetingPerson>

/** Replies, who has seen the meeting and who was there are told to those who organise or approve it. */
export const MeetingPeopleResult = Type.Object({
  items: Type.Array(MeetingPerson),
  next: Type.Optional(PublicId()),
})
export type MeetingPeopleResult = Static<typeof MeetingPeopleResult>
