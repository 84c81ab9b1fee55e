import { randomUUID } from 'node:crypto'
import { alreadyVoted, badValue, notAnElector, notNow } from '../errors/business-error.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { User } from '../users/user.ts'
import { chosenOf } from './ballot.ts'
import type { CastPlan, CastStore, Holding } from './cast-sql.ts'
import { MEANINGS } from './rows.ts'
import { effectiveVoteState, voteStateOf } from './state.ts'
import type { VoteViewer } from './viewer.ts'

type Deps = { viewer: VoteViewer; store: CastStore; clock: Clock }

/** A ballot is cast. It counts once, however often the request comes. */
export const createCasting = ({ viewer, store, clock }: Deps) => ({
  async cast(user: User, publicId: string, optionIds: readonly string[]): Promise<void> {
    const { vote, member } = await viewer.view(user, publicId)
    const own = { voteId: vote.id, memberId: member.id }
    await store.cast(own, vote, (holding) => planCast(holding, optionIds, clock.now()))
  },
})

/** What a cast writes; throws what forbids it. */
export const planCast = (
  { vote, options, marked, own, choice }: Holding,
  optionIds: readonly string[],
  now: number,
): CastPlan => {
  const state = effectiveVoteState({ ...vote, state: voteStateOf(vote.state) }, now)
  if (state === 'draft' || state === 'cancelled') throw notNow('voteNotOpen')
  if (own === null || own.struck) throw notAnElector(own === null ? 'notListed' : 'struck')
  const chosen = chosenOf(
    optionIds,
    options.map(({ meaning, ...option }) => ({ ...option, meaning: MEANINGS[meaning] ?? null })),
    vote,
  )
  const changeable = vote.changeable === 1
  const isSame = choice.length > 0 && chosen !== null && sameIds(choice, chosen)
  // The answer to the request before may have been lost.
  if (isSame) return { kind: 'counted' }
  if (!marked && !changeable) throw alreadyVoted()
  if (state === 'closed') throw notNow('voteNotOpen')
  if (chosen === null) throw badValue('choices')
  return vote.secret === 1
    ? { kind: 'secret', ballotId: randomUUID(), optionIds: chosen }
    : { kind: 'named', optionIds: chosen, at: new Date(now) }
}

const sameIds = (one: readonly number[], other: readonly number[]) =>
  one.length === other.length && one.every((id) => other.includes(id))
