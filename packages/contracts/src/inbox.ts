import type { Static } from 'typebox'
import { Type } from 'typebox'
import { PublicId } from './org.ts'
import { Instant, OrNull } from './text.ts'

export const NoticeKind = Type.Union([
  Type.Literal('invited'),
  Type.Literal('changed'),
  Type.Literal('removed'),
  Type.Literal('cancelled'),
  Type.Literal('remind', { description: 'the organisers ask for a reply' }),
  Type.Literal('starting'),
  Type.Literal('approval_todo'),
  Type.Literal('approved'),
  Type.Literal('rejected'),
  Type.Literal('vote_opened'),
  Type.Literal('vote_closed'),
  Type.Literal('vote_cancelled'),
  Type.Literal('join_request', { description: 'to administrators: somebody waits' }),
  Type.Literal('join_accepted'),
  Type.Literal('join_refused'),
  Type.Literal('org_notice', { description: 'a notice of the company; its text is the title' }),
])
export type NoticeKind = Static<typeof NoticeKind>

/** One line of the inbox; its words are made by the client, in the language of the user. */
export const InboxItem = Type.Object({
  kind: NoticeKind,
  at: Instant(),
  read: Type.Boolean(),
  orgName: Type.String(),
  meetingId: OrNull(PublicId()),
  voteId: OrNull(PublicId()),
  title: Type.String(),
  startsAt: OrNull(Instant()),
  reason: OrNull(Type.String()),
})
export type InboxItem = Static<typeof InboxItem>

/** Counted up to 100, which means 100 or more. */
const Unread = Type.Integer({ minimum: 0, maximum: 100 })

export const InboxParams = Type.Object(
  { cursor: Type.Optional(Type.String({ maxLength: 80 })) },
  { additionalProperties: false },
)
export type InboxParams = Static<typeof InboxParams>

export const InboxResult = Type.Object({
  items: Type.Array(InboxItem),
  unread: Unread,
  next: Type.Optional(Type.String()),
})
export type InboxResult = Static<typeof InboxResult>

/** Everything up to that time, so that what came since the page was made stays unread; or of one thing. */
export const ReadInboxRequest = Type.Union([
  Type.Object({ upTo: Instant() }, { additionalProperties: false }),
  Type.Object({ meetingId: PublicId() }, { additionalProperties: false }),
  Type.Object({ voteId: PublicId() }, { additionalProperties: false }),
])
export type ReadInboxRequest = Static<typeof ReadInboxRequest>

export const UnreadResult = Type.Object({ unread: Unread })
export type UnreadResult = Static<typeof UnreadResult>
