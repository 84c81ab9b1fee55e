import type { Clock } from '../infra/database/clock.ts'
import type { User } from '../users/user.ts'
import { isRevealing } from './outcome.ts'
import type { VoteStore } from './sql.ts'
import type { VoteAct } from './transitions.ts'
import { possibleVoteActs } from './transitions.ts'
import type { ViewedVote, VoteViewer } from './viewer.ts'
import { isRunning } from './viewer.ts'

type Deps = { viewer: VoteViewer; store: VoteStore; clock: Clock }

/** What pages offer; the last three change no state. */
export type VoteOffer = VoteAct | 'cast' | 'electors' | 'ballots'

export type DetailedVote = ViewedVote & {
  /** Null for those who may not know it. */
  cast: number | null
  struck: number
  /** By the row number of the option; null while nobody may know it. */
  tally: Map<number, number> | null
  /** By the row numbers of options; null in a secret vote, or before one has voted. */
  myChoice: number[] | null
  named: string[]
  revealing: boolean
  may: VoteOffer[]
}

/** One vote with what the caller may see of it, and do with it now. */
export const createVoteDetails = ({ viewer, store, clock }: Deps) => ({
  async read(user: User, publicId: string): Promise<DetailedVote> {
    const viewed = await viewer.view(user, publicId)
    const { vote, member, own, sight } = viewed
    const full = sight.view === 'full'
    const isNamedDraft = full && vote.state === 'draft' && vote.electorate === 'named'
    const [cast, struck, tally, choice, named] = await Promise.all([
      sight.cast ? (vote.ballotCount ?? store.countCast(vote.id)) : null,
      full ? store.countStruck(vote.id) : 0,
      sight.tallies ? store.tally(vote) : null,
      own?.voted && !vote.secret ? store.ownChoice(vote.id, member.id) : null,
      isNamedDraft ? store.namedMembers(vote.id) : [],
    ])
    const revealing =
      vote.secret && tally !== null && isRevealing([...tally.values()], vote.ballotCount ?? 0)
    return {
      ...viewed,
      cast,
      struck,
      tally,
      // The choice of a vote that was cancelled is gone.
      myChoice: choice !== null && choice.length > 0 ? choice : null,
      named,
      revealing,
      may: mayOf(viewed, clock.now()),
    }
  },
})

const mayOf = ({ vote, own, actor, sight }: ViewedVote, now: number): VoteOffer[] => {
  const may: VoteOffer[] = possibleVoteActs({
    state: vote.state,
    actor,
    isRunning: isRunning(vote, now),
  })
  const isElector = own !== null && !own.struck
  if (vote.state === 'open' && isElector && (!own.voted || vote.changeable)) may.push('cast')
  if (sight.view === 'full' && vote.openedAt !== null) may.push('electors')
  if (sight.choices || sight.ballots) may.push('ballots')
  return may
}
