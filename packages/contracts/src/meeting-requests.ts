import type { Static } from 'typebox'
import { Type } from 'typebox'
import { ItemVersion } from './department.ts'
import { MeetingState, Reply } from './meeting.ts'
import { OrgId, PublicId } from './org.ts'
import { DISPLAY_LINES_FORMAT, DisplayText, Instant, OrNull } from './text.ts'

const Title = () => DisplayText({ minLength: 1, maxLength: 120, examples: ['周例会'] })
const Location = () => DisplayText({ maxLength: 120, examples: ['三楼会议室'] })
/** Several lines. */
const Agenda = () => Type.String({ maxLength: 4_000, format: DISPLAY_LINES_FORMAT })
const Reason = () => DisplayText({ maxLength: 200, examples: ['时间冲突'] })
const People = () => Type.Array(PublicId(), { maxItems: 2_000, uniqueItems: true })
const Drawn = () =>
  Type.String({ format: 'uuid', maxLength: 36, description: 'drawn by the client' })

export const MeetingsParams = Type.Object(
  {
    orgId: OrgId(),
    tab: Type.Optional(
      Type.Union(
        [
          Type.Literal('upcoming'),
          Type.Literal('running'),
          Type.Literal('past'),
          Type.Literal('hosting'),
          Type.Literal('approving'),
          Type.Literal('cancelled'),
        ],
        { description: 'upcoming by default' },
      ),
    ),
    cursor: Type.Optional(Type.String({ maxLength: 80 })),
  },
  { additionalProperties: false },
)
export type MeetingsParams = Static<typeof MeetingsParams>

/** What a company plans, drafts left out; from now on by default, the earliest first. */
export const AdminMeetingsParams = Type.Object(
  {
    orgId: OrgId(),
    from: Type.Optional(Instant()),
    to: Type.Optional(Instant()),
    cursor: Type.Optional(Type.String({ maxLength: 80 })),
  },
  { additionalProperties: false },
)
export type AdminMeetingsParams = Static<typeof AdminMeetingsParams>

const FIELDS = {
  title: Title(),
  agenda: Agenda(),
  location: Location(),
  roomId: OrNull(PublicId()),
  startsAt: Instant(),
  endsAt: Instant(),
  hostId: PublicId(),
  recorderId: OrNull(PublicId()),
  auditorId: OrNull(PublicId()),
  participantIds: People(),
  observerIds: People(),
}

/** The same `requestId` gives the same meeting again. */
export const CreateMeetingRequest = Type.Object(
  {
    orgId: OrgId(),
    requestId: Drawn(),
    title: FIELDS.title,
    startsAt: FIELDS.startsAt,
    endsAt: FIELDS.endsAt,
    agenda: Type.Optional(FIELDS.agenda),
    location: Type.Optional(FIELDS.location),
    roomId: Type.Optional(FIELDS.roomId),
    hostId: Type.Optional(FIELDS.hostId),
    recorderId: Type.Optional(FIELDS.recorderId),
    auditorId: Type.Optional(FIELDS.auditorId),
    participantIds: Type.Optional(FIELDS.participantIds),
    observerIds: Type.Optional(FIELDS.observerIds),
  },
  { additionalProperties: false },
)
export type CreateMeetingRequest = Static<typeof CreateMeetingRequest>

/** Fields that are absent stay as they are. */
export const UpdateMeetingRequest = Type.Object(
  { version: ItemVersion, ...Type.Partial(Type.Object(FIELDS)).properties },
  { additionalProperties: false, minProperties: 2 },
)
export type UpdateMeetingRequest = Static<typeof UpdateMeetingRequest>

const ofVersion = { version: ItemVersion }

export const ChangeMeetingRequest = Type.Object(ofVersion, { additionalProperties: false })
export type ChangeMeetingRequest = Static<typeof ChangeMeetingRequest>

export const EndMeetingRequest = Type.Object(
  {
    ...ofVersion,
    closeVotes: Type.Optional(
      Type.Boolean({ description: 'closes votes that are open; without it they hold the meeting' }),
    ),
  },
  { additionalProperties: false },
)
export type EndMeetingRequest = Static<typeof EndMeetingRequest>

export const AuditMeetingRequest = Type.Object(
  { ...ofVersion, approve: Type.Boolean(), reason: Type.Optional(Reason()) },
  { additionalProperties: false },
)
export type AuditMeetingRequest = Static<typeof AuditMeetingRequest>

export const CancelMeetingRequest = Type.Object(
  { ...ofVersion, reason: DisplayText({ minLength: 1, maxLength: 200, examples: ['主持人出差'] }) },
  { additionalProperties: false },
)
export type CancelMeetingRequest = Static<typeof CancelMeetingRequest>

export const ExtendMeetingRequest = Type.Object(
  { ...ofVersion, endsAt: Instant() },
  { additionalProperties: false },
)
export type ExtendMeetingRequest = Static<typeof ExtendMeetingRequest>

export const CopyMeetingRequest = Type.Object(
  {
    requestId: Drawn(),
    weeks: Type.Integer({ minimum: 1, maximum: 12, description: 'once in each of the next weeks' }),
  },
  { additionalProperties: false },
)
export type CopyMeetingRequest = Static<typeof CopyMeetingRequest>

export const ReplyRequest = Type.Object(
  {
    sequence: Type.Integer({ minimum: 0, description: 'of the meeting that the user was shown' }),
    reply: Type.Exclude(Reply, Type.Literal('none')),
    reason: Type.Optional(Reason()),
  },
  { additionalProperties: false },
)
export type ReplyRequest = Static<typeof ReplyRequest>

export const CreatedMeetingResult = Type.Object({ id: PublicId(), version: ItemVersion })
export type CreatedMeetingResult = Static<typeof CreatedMeetingResult>

export const ChangedMeetingResult = Type.Object({ state: MeetingState, version: ItemVersion })
export type ChangedMeetingResult = Static<typeof ChangedMeetingResult>

export const EndedMeetingResult = Type.Object({
  ...ChangedMeetingResult.properties,
  closedVotes: Type.Integer({ minimum: 0 }),
})
export type EndedMeetingResult = Static<typeof EndedMeetingResult>

export const UpdatedMeetingResult = Type.Object({
  ...ChangedMeetingResult.properties,
  repliesReset: Type.Boolean({ description: 'time or place changed, so everybody is asked again' }),
})
export type UpdatedMeetingResult = Static<typeof UpdatedMeetingResult>

export const CopiedMeetingsResult = Type.Object({ ids: Type.Array(PublicId()) })
export type CopiedMeetingsResult = Static<typeof CopiedMeetingsResult>

export const RemindedResult = Type.Object({ reminded: Type.Integer({ minimum: 0 }) })
export type RemindedResult = Static<typeof RemindedResult>

export const MeetingPeopleParams = Type.Object(
  {
    filter: Type.Optional(
      Type.Union([
        Type.Literal('all'),
        Type.Literal('yes'),
        Type.Literal('no'),
        Type.Literal('none'),
        Type.Literal('unseen'),
        Type.Literal('present'),
        Type.Literal('late'),
        Type.Literal('missing'),
      ]),
    ),
    cursor: Type.Optional(PublicId()),
  },
  { additionalProperties: false },
)
export type MeetingPeopleParams = Static<typeof MeetingPeopleParams>
