import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { VoteItem } from '@oa/contracts'
import {
  AdminMeetingsParams,
  CopiedMeetingsResult,
  CopyMeetingRequest,
  CreatedMeetingResult,
  CreateMeetingRequest,
  EmptyResult,
  HomeResult,
  ItemParams,
  MeetingPeopleParams,
  MeetingPeopleResult,
  MeetingResult,
  MeetingsParams,
  MeetingsResult,
  Ok,
  RemindedResult,
  ReplyRequest,
  UpdatedMeetingResult,
  UpdateMeetingRequest,
} from '@oa/contracts'
import { FAILURES, ok } from '../http/replies.ts'
import type { Inbox } from '../notices/service.ts'
import type { User } from '../users/user.ts'
import { toListedCard, toMeetingResult } from './meeting-result.ts'
import type { Attendant } from './people.ts'
import type { Meetings } from './service.ts'
import type { Viewed } from './viewer.ts'

const SCHEMA = { tags: ['meeting'], security: [{ token: [] }] }

/** Two thousand participants and as many observers, by their ids, and a long agenda. */
const MANY_PEOPLE_BYTES = 256 * 1024

type HomeOptions = {
  meetings: Meetings
  inbox: Inbox
  /** The numbers under which the user is an active member. */
  membersOf(user: User): Promise<number[]>
  /** Open ones in which one of these members may vote, ten at most. */
  openVotes(members: readonly number[]): Promise<VoteItem[]>
}

/** The first page; public, because a guest sees what the product is for. */
export const homeRoutes: FastifyPluginAsyncTypebox<HomeOptions> = async (
  app,
  { meetings, inbox, membersOf, openVotes },
) => {
  app.get(
    '/wx/home/index',
    {
      onRequest: app.readLogin,
      schema: {
        tags: ['meeting'],
        summary: 'My next meetings; for a guest, that there are none',
        response: { 200: Ok(HomeResult), ...FAILURES },
      },
    },
    async ({ authOrNull }) => {
      if (authOrNull === null) return ok({ infoList: [], votes: [], unread: 0, guest: true })
      const members = await membersOf(authOrNull.user)
      const [listed, votes, unread] = await Promise.all([
        meetings.lists.next(members),
        openVotes(members),
        inbox.countUnread(members),
      ])
      const guest = members.length === 0
      return ok({ infoList: listed.map(toListedCard), votes, unread, guest })
    },
  )
}

/** To be registered behind the guard. */
export const meetingRoutes: FastifyPluginAsyncTypebox<{
  meetings: Meetings
  /** Those of a meeting that the caller sees whole. */
  votesOf(viewed: Viewed): Promise<VoteItem[]>
}> = async (app, { meetings, votesOf }) => {
  const { lists, details, people, edits } = meetings
  app.get(
    '/wx/meeting/list',
    {
      schema: {
        ...SCHEMA,
        summary: 'My meetings, by tab',
        querystring: MeetingsParams,
        response: { 200: Ok(MeetingsResult), ...FAILURES },
      },
    },
    async ({ auth, query }) => {
      const { listed, next } = await lists.list(auth.user, query)
      return ok({ items: listed.map(toListedCard), ...(next === null ? {} : { next }) })
    },
  )
  app.get(
    '/wx/admin/meetings',
    {
      schema: {
        ...SCHEMA,
        summary: 'What my company plans: that there is a meeting, not what it is about',
        querystring: AdminMeetingsParams,
        response: { 200: Ok(MeetingsResult), ...FAILURES },
      },
    },
    async ({ auth, query }) => {
      const { listed, next } = await lists.ofOrg(auth.user, query)
      return ok({ items: listed.map(toListedCard), ...(next === null ? {} : { next }) })
    },
  )
  app.get(
    '/wx/meeting/:id',
    {
      schema: {
        ...SCHEMA,
        summary: 'One meeting, with what I may do',
        params: ItemParams,
        response: { 200: Ok(MeetingResult), ...FAILURES },
      },
    },
    async ({ auth, params }) => {
      const detailed = await details.read(auth.user, params.id)
      const votes = detailed.view === 'full' ? await votesOf(detailed) : []
      return ok(toMeetingResult(detailed, votes))
    },
  )
  app.get(
    '/wx/meeting/:id/people',
    {
      schema: {
        ...SCHEMA,
        summary: 'Who takes part; the organisers also see replies and who was there',
        params: ItemParams,
        querystring: MeetingPeopleParams,
        response: { 200: Ok(MeetingPeopleResult), ...FAILURES },
      },
    },
    async ({ auth, params, query }) => {
      const found = await people.list(auth.user, params.id, query)
      const items = found.people.map(toAttendant)
      return ok({ items, ...(found.next === null ? {} : { next: found.next }) })
    },
  )
  app.post(
    '/wx/meeting',
    {
      bodyLimit: MANY_PEOPLE_BYTES,
      schema: {
        ...SCHEMA,
        summary: 'Call a meeting: a draft that nobody else sees yet',
        body: CreateMeetingRequest,
        response: { 200: Ok(CreatedMeetingResult), ...FAILURES },
      },
    },
    async ({ auth, body, id }) => {
      const { publicId, version } = await edits.create(auth.user, body, id)
      return ok({ id: publicId, version })
    },
  )
  app.post(
    '/wx/meeting/:id/update',
    {
      bodyLimit: MANY_PEOPLE_BYTES,
      schema: {
        ...SCHEMA,
        summary: 'Change a draft, or an announced meeting before its start',
        params: ItemParams,
        body: UpdateMeetingRequest,
        response: { 200: Ok(UpdatedMeetingResult), ...FAILURES },
      },
    },
    async ({ auth, params, body, id }) => {
      const { meeting, repliesReset } = await edits.update(auth.user, params.id, body, id)
      return ok({ state: meeting.state, version: meeting.version, repliesReset })
    },
  )
  app.post(
    '/wx/meeting/:id/copy',
    {
      schema: {
        ...SCHEMA,
        summary: 'The same meeting in each of the next weeks: all of them, or none',
        params: ItemParams,
        body: CopyMeetingRequest,
        response: { 200: Ok(CopiedMeetingsResult), ...FAILURES },
      },
    },
    async ({ auth, params, body, id }) => {
      const copies = await edits.copy(auth.user, params.id, body, id)
      return ok({ ids: copies.map(({ publicId }) => publicId) })
    },
  )
  app.post(
    '/wx/meeting/:id/seen',
    {
      schema: {
        ...SCHEMA,
        summary: 'I have opened this meeting',
        params: ItemParams,
        response: { 200: Ok(EmptyResult), ...FAILURES },
      },
    },
    async ({ auth, params }) => {
      await people.see(auth.user, params.id)
      return ok({})
    },
  )
  app.post(
    '/wx/meeting/:id/reply',
    {
      schema: {
        ...SCHEMA,
        summary: 'I come, or I do not',
        params: ItemParams,
        body: ReplyRequest,
        response: { 200: Ok(EmptyResult), ...FAILURES },
      },
    },
    async ({ auth, params, body }) => {
      await people.reply(auth.user, params.id, body)
      return ok({})
    },
  )
  app.post(
    '/wx/meeting/:id/remind',
    {
      schema: {
        ...SCHEMA,
        summary: 'Remind those who have not replied, once in two hours',
        params: ItemParams,
        response: { 200: Ok(RemindedResult), ...FAILURES },
      },
    },
    async ({ auth, params, id }) => ok({ reminded: await people.remind(auth.user, params.id, id) }),
  )
}

const toAttendant = ({
  memberId,
  name,
  title,
  avatarUrl,
  part,
  reply,
  reason,
  seen,
  checkedInAt,
  ...presence
}: Attendant) => ({
  memberId,
  name,
  title,
  avatarUrl,
  role: part,
  reply,
  reason,
  seen,
  checkedInAt: checkedInAt?.toISOString() ?? null,
  ...presence,
})
