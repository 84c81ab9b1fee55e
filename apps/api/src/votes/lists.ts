import type { VotesParams } from '@oa/contracts'
import { badValue, forbidden, notNow } from '../errors/business-error.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { User } from '../users/user.ts'
import type { Vote } from './rows.ts'
import type { ListedVote, VoteStore } from './sql.ts'
import { PAGE, PEOPLE_PAGE } from './sql.ts'
import { effectiveVoteState } from './state.ts'
import type { VoteViewer } from './viewer.ts'

const ON_FIRST_PAGE = 10

type Deps = {
  viewer: VoteViewer
  store: VoteStore
  /** The numbers under which the user is an active member, of one company or of all. */
  membersOf(user: User, orgId?: string): Promise<number[]>
  clock: Clock
}

export type VotePage = { listed: ListedVote[]; next: string | null }
export type ElectorLine = {
  memberId: string
  name: string
  /** Null for those who may not know it. */
  voted: boolean | null
  struck: boolean
}
/** Of a named vote by the member, of a secret one by the random id of the ballot. */
export type BallotLine = { id: string; name: string | null; optionIds: string[] }

/** Votes, and what each of them holds. */
export const createVoteLists = ({ viewer, store, membersOf, clock }: Deps) => {
  const byClock = (listed: readonly ListedVote[]): ListedVote[] => {
    const now = clock.now()
    return listed.map((one) => ({
      ...one,
      vote: { ...one.vote, state: effectiveVoteState(one.vote, now) },
    }))
  }

  return {
    async list(user: User, { orgId, tab = 'open', cursor }: VotesParams): Promise<VotePage> {
      const members = await membersOf(user, orgId)
      const after = cursor === undefined ? null : await store.findPlace(cursor)
      if (cursor !== undefined && after === null) throw badValue('cursor')
      const found =
        tab === 'mine'
          ? await store.listMade(members, after)
          : await store.listAsElector(members, { tab, after })
      const rows = found.slice(0, PAGE)
      const last = found.length > PAGE ? rows.at(-1) : undefined
      return { listed: byClock(rows), next: last?.vote.publicId ?? null }
    },

    /** Open ones in which one of these members may vote, for the first page. */
    async open(members: readonly number[]): Promise<ListedVote[]> {
      if (members.length === 0) return []
      const found = byClock(await store.listAsElector(members, { tab: 'open', after: null }))
      return found.filter(({ vote }) => vote.state === 'open').slice(0, ON_FIRST_PAGE)
    },

    /** Up to a hundred that wait for a ballot of these members. */
    countToCast: async (members: readonly number[]): Promise<number> =>
      members.length === 0 ? 0 : store.countToCast(members, new Date(clock.now())),

    /** Of a meeting that the caller sees; drafts for its organisers alone. */
    async ofMeeting(
      meetingId: number,
      { memberId, organiser }: { memberId: number; organiser: boolean },
    ): Promise<ListedVote[]> {
      const found = byClock(await store.listOfMeeting(meetingId, memberId))
      return found.filter(({ vote }) => organiser || vote.openedAt !== null)
    },

    /** How many were closed by the end of a meeting, and not before. */
    countClosedWith: (meetingId: number, endedAt: Date | null): Promise<number> =>
      endedAt === null ? Promise.resolve(0) : store.countClosedAt(meetingId, endedAt),

    /** Who may vote; whether they have, where the caller may know it. */
    async electors(
      user: User,
      publicId: string,
      cursor?: string,
    ): Promise<{ electors: ElectorLine[]; next: string | null }> {
      const { vote, sight } = await viewer.view(user, publicId)
      if (sight.view === 'card') throw forbidden('voteElectorsOnly')
      if (vote.openedAt === null) throw notNow('voteNotOpen')
      const page = await electorPage(store, vote, cursor)
      const electors = page.rows.map(({ member, voted, struck }) => ({
        memberId: member.publicId,
        name: member.name,
        voted: sight.voters ? voted : null,
        struck,
      }))
      return { electors, next: page.next }
    },

    /** Who chose what in a named vote; for recounts, the single ballots of a secret one. */
    async ballots(
      user: User,
      publicId: string,
      cursor?: string,
    ): Promise<{ ballots: BallotLine[]; next: string | null }> {
      const { vote, sight } = await viewer.view(user, publicId)
      if (sight.view === 'card') throw forbidden('voteElectorsOnly')
      if (vote.state !== 'closed') throw notNow('voteNotClosed')
      const optionIds = optionIdsOf(vote)
      if (sight.choices) {
        const page = await electorPage(store, vote, cursor)
        const choices = await store.listChoices(
          vote.id,
          page.rows.map(({ memberId }) => memberId),
        )
        const ballots = page.rows
          .filter(({ memberId }) => choices.has(memberId))
          .map(({ member, memberId }) => ({
            id: member.publicId,
            name: member.name,
            optionIds: optionIds(choices.get(memberId)),
          }))
        return { ballots, next: page.next }
      }
      if (!sight.ballots) throw forbidden('voteOrganisersOnly')
      const found = await store.listBallots(vote.id, cursor ?? null)
      const rows = [...found].slice(0, PEOPLE_PAGE)
      const ballots = rows.map(([id, chosen]) => ({ id, name: null, optionIds: optionIds(chosen) }))
      const last = found.size > PEOPLE_PAGE ? ballots.at(-1) : undefined
      return { ballots, next: last?.id ?? null }
    },
  }
}

const electorPage = async (store: VoteStore, { id }: Pick<Vote, 'id'>, cursor?: string) => {
  const after = cursor === undefined ? null : await store.findElector(id, cursor)
  if (cursor !== undefined && after === null) throw badValue('cursor')
  const found = await store.listElectors(id, after)
  const rows = found.slice(0, PEOPLE_PAGE)
  const last = found.length > PEOPLE_PAGE ? rows.at(-1) : undefined
  return { rows, next: last?.member.publicId ?? null }
}

const optionIdsOf =
  ({ options }: Vote) =>
  (chosen: readonly number[] = []): string[] =>
    options.filter(({ id }) => chosen.includes(id)).map(({ publicId }) => publicId)
