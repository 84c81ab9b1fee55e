import type { Prisma } from '../generated/mysql/client.ts'
import type { Engine } from '../infra/database/engine.ts'
import { activeIn } from '../org/rows.ts'
import type { Meeting, Part, ReplyName } from './rows.ts'
import { numberOfReply, partOf, replyOf, toMeeting, WITH_NAMES } from './rows.ts'
import { MeetingState, OVERDUE_MS } from './state.ts'

export const PAGE = 20
/** More are shown as that many. */
export const MAX_COUNT = 100
/** The longest meeting, and how long it may stay open. */
const MAX_RUN_MS = 24 * 3_600_000 + OVERDUE_MS
const CANDIDATES = 60

/** A meeting with the caller's place in it; `part` is null for who does not take part. */
export type Listed = {
  meeting: Meeting
  memberId: number
  part: Part | null
  reply: ReplyName
  isCheckedIn: boolean
}

export type Tab = 'upcoming' | 'running' | 'past' | 'hosting' | 'approving' | 'cancelled'

/** Where a page begins: at a start, after so many meetings of that start. */
export type ListPlace = { startsAt: Date; skip: number }

type OrgListing = {
  orgId: number
  memberId: number
  range: { from: Date; to: Date | null }
  place: ListPlace | null
}

export type MeetingStore = ReturnType<typeof createMeetingStore>

const WITH_MEETING = {
  meeting: { include: WITH_NAMES },
} as const satisfies Prisma.MeetingParticipantInclude

type PlaceRow = Prisma.MeetingParticipantGetPayload<{ include: typeof WITH_MEETING }>

const toListed = ({ meeting, memberId, role, reply, checkedInAt }: PlaceRow): Listed => ({
  meeting: toMeeting(meeting),
  memberId,
  part: partOf(role),
  reply: replyOf(reply),
  isCheckedIn: checkedInAt !== null,
})

export const createMeetingStore = (engine: Engine) => ({
  /** A meeting of a company to which the user belongs; null for every other one, existing or not. */
  find: async (userId: number, publicId: string): Promise<Meeting | null> => {
    const row = await engine.run((client) =>
      client.meeting.findFirst({ where: { publicId, org: activeIn(userId) }, include: WITH_NAMES }),
    )
    return row && toMeeting(row)
  },

  findPlace: (meetingId: number, memberId: number) =>
    engine.run((client) =>
      client.meetingParticipant.findUnique({
        where: { meetingId_memberId: { meetingId, memberId } },
      }),
    ),

  async countReplies(meetingId: number) {
    const [replies, seen, present] = await engine.run((client) =>
      Promise.all([
        client.meetingParticipant.groupBy({
          by: ['reply'],
          where: { meetingId },
          _count: { memberId: true },
        }),
        client.meetingParticipant.count({ where: { meetingId, seenAt: { not: null } } }),
        client.meetingParticipant.count({ where: { meetingId, checkedInAt: { not: null } } }),
      ]),
    )
    const count = (reply: ReplyName) =>
      replies.find((one) => one.reply === numberOfReply(reply))?._count.memberId ?? 0
    return { yes: count('yes'), no: count('no'), none: count('none'), seen, present }
  },

  /** Meetings in which these members take part, from a place on, one more than a page. */
  listPlaces: async (
    memberIds: readonly number[],
    {
      tab,
      now,
      from,
    }: { tab: 'upcoming' | 'running' | 'past' | 'cancelled'; now: Date; from: ListPlace | null },
  ): Promise<Listed[]> => {
    const ascending = tab === 'upcoming' || tab === 'running'
    const edge = from?.startsAt ?? null
    const rows = await engine.run((client) =>
      client.meetingParticipant.findMany({
        where: {
          memberId: { in: [...memberIds] },
          isCancelled: tab === 'cancelled',
          AND: [
            { startsAt: rangeOf(tab, now) },
            edge === null ? {} : { startsAt: ascending ? { gte: edge } : { lte: edge } },
          ],
          meeting: stateFilter(tab, now),
        },
        include: WITH_MEETING,
        orderBy: ascending
          ? [{ startsAt: 'asc' }, { meetingId: 'asc' }]
          : [{ startsAt: 'desc' }, { meetingId: 'desc' }],
        skip: from?.skip ?? 0,
        take: PAGE + 1,
      }),
    )
    return rows.map(toListed)
  },

  /** Meetings that these members call, lead, record or approve, the latest start first. */
  listDuties: async (
    memberIds: readonly number[],
    { tab, from }: { tab: 'hosting' | 'approving'; from: ListPlace | null },
  ): Promise<Listed[]> => {
    const rows = await engine.run((client) =>
      client.meeting.findMany({
        where: {
          ...dutiesOf(memberIds, tab),
          ...(from === null ? {} : { startsAt: { lte: from.startsAt } }),
        },
        include: { ...WITH_NAMES, participants: { where: { memberId: { in: [...memberIds] } } } },
        orderBy: [{ startsAt: 'desc' }, { id: 'desc' }],
        skip: from?.skip ?? 0,
        take: PAGE + 1,
      }),
    )
    return rows.map(({ participants, ...row }) => {
      const [place] = participants
      const duties = [row.hostId, row.creatorId, row.recorderId, row.auditorId]
      const memberId = place?.memberId ?? memberIds.find((id) => duties.includes(id)) ?? row.hostId
      return {
        meeting: toMeeting(row),
        memberId,
        part: place === undefined ? null : partOf(place.role),
        reply: replyOf(place?.reply ?? 0),
        isCheckedIn: (place?.checkedInAt ?? null) !== null,
      }
    })
  },

  /** What a company plans, the earliest start first, with the member's own place in it. */
  listOfOrg: async ({ orgId, memberId, range, place }: OrgListing): Promise<Listed[]> => {
    const first = place === null ? range.from : place.startsAt
    const rows = await engine.run((client) =>
      client.meeting.findMany({
        where: {
          orgId,
          state: { not: MeetingState.draft },
          startsAt: { gte: first, ...(range.to === null ? {} : { lt: range.to }) },
        },
        include: { ...WITH_NAMES, participants: { where: { memberId } } },
        orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
        skip: place?.skip ?? 0,
        take: PAGE + 1,
      }),
    )
    return rows.map(({ participants: [own], ...row }) => ({
      meeting: toMeeting(row),
      memberId,
      part: own === undefined ? null : partOf(own.role),
      reply: replyOf(own?.reply ?? 0),
      isCheckedIn: (own?.checkedInAt ?? null) !== null,
    }))
  },

  /** What begins next, or has begun and may still go on, the earliest first. */
  listNext: async (memberIds: readonly number[], now: Date): Promise<Listed[]> => {
    const rows = await engine.run((client) =>
      client.meetingParticipant.findMany({
        where: {
          memberId: { in: [...memberIds] },
          isCancelled: false,
          startsAt: { gte: new Date(now.getTime() - MAX_RUN_MS) },
          meeting: { state: { in: [MeetingState.scheduled, MeetingState.running] } },
        },
        include: WITH_MEETING,
        orderBy: [{ startsAt: 'asc' }, { meetingId: 'asc' }],
        take: CANDIDATES,
      }),
    )
    return rows.map(toListed)
  },

  /** Each up to a hundred. */
  async count(memberIds: readonly number[], now: Date) {
    const ids = [...memberIds]
    const upcoming = {
      memberId: { in: ids },
      isCancelled: false,
      startsAt: { gt: now },
      meeting: { state: MeetingState.scheduled },
    }
    return engine.run(async (client) => {
      const places = (where: Prisma.MeetingParticipantWhereInput) =>
        client.meetingParticipant
          .findMany({ where, select: { meetingId: true }, take: MAX_COUNT })
          .then((rows) => rows.length)
      const meetings = (where: Prisma.MeetingWhereInput) =>
        client.meeting
          .findMany({ where, select: { id: true }, take: MAX_COUNT })
          .then((rows) => rows.length)
      const [hosting, attending, unanswered, approving] = await Promise.all([
        meetings(dutiesOf(ids, 'hosting')),
        places(upcoming),
        places({ ...upcoming, reply: numberOfReply('none'), role: { not: HOST } }),
        meetings({ ...dutiesOf(ids, 'approving'), startsAt: { gt: now } }),
      ])
      return { hosting, attending, unanswered, approving }
    })
  },

  /** Everybody who takes part, by name, one more than a page. */
  listPeople: (
    meetingId: number,
    { filter, after }: { filter: Prisma.MeetingParticipantWhereInput; after: number | null },
  ) =>
    engine.run((client) =>
      client.meetingParticipant.findMany({
        where: { meetingId, ...filter, ...(after === null ? {} : { memberId: { gt: after } }) },
        include: {
          member: {
            select: {
              publicId: true,
              name: true,
              title: true,
              user: { select: { avatarUrl: true } },
            },
          },
        },
        orderBy: { memberId: 'asc' },
        take: PEOPLE_PAGE + 1,
      }),
    ),

  /** The names of members, by their row number. */
  namesOf: async (ids: readonly (number | null)[]): Promise<Map<number, string>> => {
    const known = [...new Set(ids.filter((id) => id !== null))]
    if (known.length === 0) return new Map()
    const rows = await engine.run((client) =>
      client.orgMember.findMany({ where: { id: { in: known } }, select: { id: true, name: true } }),
    )
    return new Map(rows.map(({ id, name }) => [id, name]))
  },

  /** The row of a member who takes part; null for every other one. */
  findMember: async (meetingId: number, publicId: string): Promise<number | null> => {
    const row = await engine.run((client) =>
      client.meetingParticipant.findFirst({
        where: { meetingId, member: { publicId } },
        select: { memberId: true },
      }),
    )
    return row?.memberId ?? null
  },

  /** Keeps the first time. */
  see: (meetingId: number, memberId: number, at: Date) =>
    engine.run((client) =>
      client.meetingParticipant.updateMany({
        where: { meetingId, memberId, seenAt: null },
        data: { seenAt: at },
      }),
    ),
})

const HOST = 2
export const PEOPLE_PAGE = 50

type PlaceTab = 'upcoming' | 'running' | 'past' | 'cancelled'

/** Which starts a tab holds; the index of a member's places is cut by it. */
const rangeOf = (tab: PlaceTab, now: Date) => {
  if (tab === 'upcoming') return { gt: now }
  if (tab === 'running') return { lte: now, gte: new Date(now.getTime() - MAX_RUN_MS) }
  return tab === 'past' ? { lte: now } : {}
}

/** By the clock: rows that say scheduled may have begun, and those that say running may be over. */
const stateFilter = (tab: PlaceTab, now: Date): Prisma.MeetingWhereInput => {
  const overdue = new Date(now.getTime() - OVERDUE_MS)
  const open = { in: [MeetingState.scheduled, MeetingState.running] }
  if (tab === 'upcoming') return { state: MeetingState.scheduled }
  if (tab === 'running') {
    return { state: open, OR: [{ endsAt: { gt: overdue } }, { openVotes: { gt: 0 } }] }
  }
  if (tab === 'cancelled') return { state: MeetingState.cancelled }
  // One that an open vote keeps going is among those that run, while these reach back to its start.
  const left = new Date(now.getTime() - MAX_RUN_MS)
  const isOver = { OR: [{ openVotes: 0 }, { startsAt: { lt: left } }] }
  return {
    OR: [{ state: MeetingState.ended }, { state: open, endsAt: { lte: overdue }, AND: [isOver] }],
  }
}

const dutiesOf = (
  memberIds: readonly number[],
  tab: 'hosting' | 'approving',
): Prisma.MeetingWhereInput => {
  const mine = { in: [...memberIds] }
  if (tab === 'approving') return { auditorId: mine, state: MeetingState.pending }
  return {
    OR: [{ hostId: mine }, { creatorId: mine }, { recorderId: mine }],
    state: { in: [1, 2, 3, 4, 5] },
  }
}
