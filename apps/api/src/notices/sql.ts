import type { Engine } from '../infra/database/engine.ts'
import type { NoticeParams } from './add.ts'
import type { NoticeKind } from './kinds.ts'

/** More are shown as that many. */
export const MAX_UNREAD = 100
const PAGE = 30

export type InboxLine = {
  kind: NoticeKind
  at: Date
  readAt: Date | null
  orgName: string
  meetingPublicId: string | null
  votePublicId: string | null
} & NoticeParams

/** Where a page begins: at an instant, after so many lines of that instant. */
export type InboxPlace = { at: Date; skip: number }

export type InboxStore = ReturnType<typeof createInboxStore>

/** What somebody was told, in all companies where they are a member. */
export const createInboxStore = (engine: Engine) => ({
  /** The newest first, without those that a reader has. */
  list: async (
    memberIds: readonly number[],
    { at, skip }: InboxPlace,
  ): Promise<{ lines: InboxLine[]; more: boolean }> =>
    engine.run(async (client) => {
      const rows = await client.notice.findMany({
        where: { memberId: { in: [...memberIds] }, at: { lte: at } },
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        skip,
        take: PAGE + 1,
        include: { member: { select: { org: { select: { name: true } } } } },
      })
      const meetings = await client.meeting.findMany({
        where: { id: { in: rows.flatMap(({ meetingId }) => meetingId ?? []) } },
        select: { id: true, publicId: true },
      })
      const votes = await client.vote.findMany({
        where: { id: { in: rows.flatMap(({ voteId }) => voteId ?? []) } },
        select: { id: true, publicId: true },
      })
      const ids = new Map(meetings.map(({ id, publicId }) => [id, publicId]))
      const voteIds = new Map(votes.map(({ id, publicId }) => [id, publicId]))
      const lines = rows.slice(0, PAGE).map((row) => ({
        kind: row.kind as NoticeKind,
        at: row.at,
        readAt: row.readAt,
        orgName: row.member.org.name,
        meetingPublicId: ids.get(row.meetingId ?? 0) ?? null,
        votePublicId: voteIds.get(row.voteId ?? 0) ?? null,
        ...(JSON.parse(row.params) as NoticeParams),
      }))
      return { lines, more: rows.length > PAGE }
    }),

  countUnread: async (memberIds: readonly number[]): Promise<number> => {
    const rows = await engine.run((client) =>
      client.notice.findMany({
        where: { memberId: { in: [...memberIds] }, readAt: null },
        select: { id: true },
        take: MAX_UNREAD,
      }),
    )
    return rows.length
  },

  /** What came after `upTo` stays unread. */
  readUpTo: (memberIds: readonly number[], upTo: Date, at: Date) =>
    engine.run((client) =>
      client.notice.updateMany({
        where: { memberId: { in: [...memberIds] }, readAt: null, at: { lte: upTo } },
        data: { readAt: at },
      }),
    ),

  readOfMeeting: (memberIds: readonly number[], meetingPublicId: string, at: Date) =>
    engine.run(async (client) => {
      const meeting = await client.meeting.findUnique({
        where: { publicId: meetingPublicId },
        select: { id: true },
      })
      if (meeting === null) return
      await client.notice.updateMany({
        where: { memberId: { in: [...memberIds] }, readAt: null, meetingId: meeting.id },
        data: { readAt: at },
      })
    }),

  readOfVote: (memberIds: readonly number[], votePublicId: string, at: Date) =>
    engine.run(async (client) => {
      const vote = await client.vote.findUnique({
        where: { publicId: votePublicId },
        select: { id: true },
      })
      if (vote === null) return
      await client.notice.updateMany({
        where: { memberId: { in: [...memberIds] }, readAt: null, voteId: vote.id },
        data: { readAt: at },
      })
    }),

  /** Resolves to how many lines that were. */
  removeOlderThan: async (time: Date, limit: number): Promise<number> => {
    const old = await engine.run((client) =>
      client.notice.findMany({ where: { at: { lt: time } }, select: { id: true }, take: limit }),
    )
    if (old.length === 0) return 0
    const ids = old.map(({ id }) => id)
    const { count } = await engine.run((client) =>
      client.notice.deleteMany({ where: { id: { in: ids } } }),
    )
    return count
  },
})
