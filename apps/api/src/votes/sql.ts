import type { Prisma } from '../generated/mysql/client.ts'
import type { Engine } from '../infra/database/engine.ts'
import { activeIn } from '../org/rows.ts'
import type { Vote } from './rows.ts'
import { toVote, WITH_MEETING } from './rows.ts'
import { VoteStateNumber } from './state.ts'

export const PAGE = 20
export const PEOPLE_PAGE = 50
/** More are shown as that many. */
const MAX_COUNT = 100

/** The caller's row among the electors. */
export type OwnElector = { voted: boolean; struck: boolean }

/** A vote with what the caller is to it; `part` is the number of their part in the meeting. */
export type FoundVote = { vote: Vote; own: OwnElector | null; part: number | null }

export type ListedVote = { vote: Vote; own: OwnElector | null; memberId: number; cast: number }

export type VoteStore = ReturnType<typeof createVoteStore>

const mineIn = (userId: number) => ({ where: { member: { userId } } })

export const createVoteStore = (engine: Engine) => ({
  /** A vote of a company to which the user belongs; null for every other one, existing or not. */
  find: async (userId: number, publicId: string): Promise<FoundVote | null> => {
    const row = await engine.run((client) =>
      client.vote.findFirst({
        where: { publicId, org: activeIn(userId) },
        include: {
          ...WITH_MEETING,
          electors: mineIn(userId),
          meeting: {
            select: { ...WITH_MEETING.meeting.select, participants: mineIn(userId) },
          },
        },
      }),
    )
    if (row === null) return null
    const { electors, ...rest } = row
    const [own] = electors
    const [place] = row.meeting?.participants ?? []
    return { vote: toVote(rest), own: own ?? null, part: place?.role ?? null }
  },

  findMade: async (creatorId: number, requestId: string): Promise<Vote | null> => {
    const row = await engine.run((client) =>
      client.vote.findUnique({
        where: { creatorId_requestId: { creatorId, requestId } },
        include: WITH_MEETING,
      }),
    )
    return row && toVote(row)
  },

  countCast: (voteId: number): Promise<number> =>
    engine.run((client) => client.voteElector.count({ where: { voteId, voted: true } })),

  countStruck: (voteId: number): Promise<number> =>
    engine.run((client) => client.voteElector.count({ where: { voteId, struck: true } })),

  /** How many ballots chose each option, by its row number. */
  tally: ({ id: voteId, secret }: Pick<Vote, 'id' | 'secret'>): Promise<Map<number, number>> =>
    engine.run(async (client) => {
      const rows = secret
        ? await client.voteBallot.groupBy({
            by: ['optionId'],
            where: { voteId },
            _count: { optionId: true },
          })
        : await client.voteChoice.groupBy({
            by: ['optionId'],
            where: { voteId },
            _count: { optionId: true },
          })
      return new Map(rows.map(({ optionId, _count }) => [optionId, _count.optionId]))
    }),

  /** What the member chose in a named vote, by the row numbers of options. */
  ownChoice: async (voteId: number, memberId: number): Promise<number[]> => {
    const rows = await engine.run((client) =>
      client.voteChoice.findMany({ where: { voteId, memberId }, select: { optionId: true } }),
    )
    return rows.map(({ optionId }) => optionId)
  },

  /** Whom a draft names. */
  namedMembers: async (voteId: number): Promise<string[]> => {
    const rows = await engine.run((client) =>
      client.voteElector.findMany({
        where: { voteId },
        select: { member: { select: { publicId: true } } },
        orderBy: { memberId: 'asc' },
      }),
    )
    return rows.map(({ member }) => member.publicId)
  },

  /** Votes in which these members may vote, the newest first, one more than a page. */
  listAsElector: async (
    memberIds: readonly number[],
    { tab, after }: { tab: 'open' | 'closed'; after: number | null },
  ): Promise<ListedVote[]> => {
    const rows = await engine.run((client) =>
      client.voteElector.findMany({
        where: {
          memberId: { in: [...memberIds] },
          ...(after === null ? {} : { voteId: { lt: after } }),
          vote: { state: VoteStateNumber[tab] },
        },
        include: { vote: { include: WITH_MEETING } },
        orderBy: { voteId: 'desc' },
        take: PAGE + 1,
      }),
    )
    const listed = rows.map(({ vote, voted, struck, memberId }) => ({
      vote: toVote(vote),
      own: { voted, struck },
      memberId,
    }))
    return withCast(engine, listed)
  },

  /** Votes that these members made. */
  listMade: async (memberIds: readonly number[], after: number | null): Promise<ListedVote[]> =>
    listVotes(engine, memberIds, {
      creatorId: { in: [...memberIds] },
      ...(after === null ? {} : { id: { lt: after } }),
    }),

  listOfMeeting: (meetingId: number, memberId: number): Promise<ListedVote[]> =>
    listVotes(engine, [memberId], { meetingId }),

  /** Open votes in which these members have not voted yet, up to a hundred. */
  countToCast: async (memberIds: readonly number[], now: Date): Promise<number> => {
    const rows = await engine.run((client) =>
      client.voteElector.findMany({
        where: {
          memberId: { in: [...memberIds] },
          voted: false,
          struck: false,
          vote: {
            state: VoteStateNumber.open,
            OR: [{ closesAt: null }, { closesAt: { gt: now } }],
          },
        },
        select: { voteId: true },
        take: MAX_COUNT,
      }),
    )
    return rows.length
  },

  countClosedAt: (meetingId: number, closedAt: Date): Promise<number> =>
    engine.run((client) =>
      client.vote.count({ where: { meetingId, state: VoteStateNumber.closed, closedAt } }),
    ),

  /** The row number of a vote, for the place after which a list goes on. */
  findPlace: async (publicId: string): Promise<number | null> => {
    const row = await engine.run((client) =>
      client.vote.findUnique({ where: { publicId }, select: { id: true } }),
    )
    return row?.id ?? null
  },

  /** Everybody who may vote, one more than a page. */
  listElectors: (voteId: number, after: number | null) =>
    engine.run((client) =>
      client.voteElector.findMany({
        where: { voteId, ...(after === null ? {} : { memberId: { gt: after } }) },
        include: { member: { select: { publicId: true, name: true } } },
        orderBy: { memberId: 'asc' },
        take: PEOPLE_PAGE + 1,
      }),
    ),

  findElector: async (voteId: number, publicId: string): Promise<number | null> => {
    const row = await engine.run((client) =>
      client.voteElector.findFirst({
        where: { voteId, member: { publicId } },
        select: { memberId: true },
      }),
    )
    return row?.memberId ?? null
  },

  /** What these members chose, by the row numbers of options. */
  listChoices: async (
    voteId: number,
    memberIds: readonly number[],
  ): Promise<Map<number, number[]>> => {
    const rows = await engine.run((client) =>
      client.voteChoice.findMany({
        where: { voteId, memberId: { in: [...memberIds] } },
        select: { memberId: true, optionId: true },
      }),
    )
    return grouped(rows.map(({ memberId, optionId }) => [memberId, optionId]))
  },

  /** Ballots by their random id, from after one on, one more than a page. */
  listBallots: async (voteId: number, after: string | null): Promise<Map<string, number[]>> =>
    engine.run(async (client) => {
      const ids = await client.voteBallot.findMany({
        where: { voteId, ...(after === null ? {} : { id: { gt: after } }) },
        select: { id: true },
        distinct: ['id'],
        orderBy: { id: 'asc' },
        take: PEOPLE_PAGE + 1,
      })
      const rows = await client.voteBallot.findMany({
        where: { voteId, id: { in: ids.map(({ id }) => id) } },
        orderBy: [{ id: 'asc' }, { optionId: 'asc' }],
      })
      return grouped(rows.map(({ id, optionId }) => [id, optionId]))
    }),

  /** Votes whose time is over, but whose rows do not say so yet. */
  findDue: (now: Date, limit: number): Promise<{ publicId: string }[]> =>
    engine.run((client) =>
      client.vote.findMany({
        where: { state: VoteStateNumber.open, closesAt: { lte: now } },
        select: { publicId: true },
        take: limit,
      }),
    ),
})

const grouped = <Key>(pairs: readonly (readonly [Key, number])[]): Map<Key, number[]> => {
  const groups = new Map<Key, number[]>()
  for (const [key, value] of pairs) groups.set(key, [...(groups.get(key) ?? []), value])
  return groups
}

const listVotes = async (
  engine: Engine,
  memberIds: readonly number[],
  where: Prisma.VoteWhereInput,
): Promise<ListedVote[]> => {
  const mine = { in: [...memberIds] }
  const rows = await engine.run((client) =>
    client.vote.findMany({
      where,
      include: { ...WITH_MEETING, electors: { where: { memberId: mine } } },
      orderBy: { id: 'desc' },
      take: PAGE + 1,
    }),
  )
  const listed = rows.map(({ electors: [own], ...row }) => ({
    vote: toVote(row),
    own: own === undefined ? null : { voted: own.voted, struck: own.struck },
    memberId: own?.memberId ?? memberIds.find((id) => id === row.creatorId) ?? row.creatorId,
  }))
  return withCast(engine, listed)
}

/** How many have voted: counted while the vote is open, kept once it is closed. */
const withCast = async (
  engine: Engine,
  listed: readonly Omit<ListedVote, 'cast'>[],
): Promise<ListedVote[]> => {
  const open = listed.filter(({ vote }) => vote.state === 'open').map(({ vote }) => vote.id)
  const counts = new Map<number, number>()
  if (open.length > 0) {
    const rows = await engine.run((client) =>
      client.voteElector.groupBy({
        by: ['voteId'],
        where: { voteId: { in: open }, voted: true },
        _count: { memberId: true },
      }),
    )
    for (const { voteId, _count } of rows) counts.set(voteId, _count.memberId)
  }
  return listed.map((one) => ({
    ...one,
    cast: one.vote.ballotCount ?? counts.get(one.vote.id) ?? 0,
  }))
}
