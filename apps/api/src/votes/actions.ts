import {
  badValue,
  forbidden,
  meetingState,
  notNow,
  staleVote,
  voteState,
} from '../errors/business-error.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { User } from '../users/user.ts'
import type { VoteChangeStore, VotePlan } from './change-sql.ts'
import { MAX_ELECTORS } from './elector-resolver.ts'
import { LEAST_SECRET_ELECTORS } from './outcome.ts'
import type { Vote } from './rows.ts'
import type { VoteAct, VoteDecision } from './transitions.ts'
import { decideVote } from './transitions.ts'
import type { ViewedVote, VoteViewer } from './viewer.ts'
import { isRunning } from './viewer.ts'

type Deps = {
  viewer: VoteViewer
  changes: VoteChangeStore
  /** Rejects when the words of the vote must not be shown to others, or nobody can say so now. */
  requireWords(user: User, vote: Pick<Vote, 'title' | 'detail' | 'options'>): Promise<void>
  requireReason(user: User, reason: string | undefined): Promise<void>
  clock: Clock
}

type Asking = {
  action: Exclude<VoteAct, 'update'>
  version: number
  reason?: string | undefined
}

/** What people decide about a vote, by the table of transitions. */
export const createVoteActions = ({
  viewer,
  changes,
  requireWords,
  requireReason,
  clock,
}: Deps) => ({
  /** A request that is repeated by the one whose it was gets the same answer. */
  async act(user: User, publicId: string, asking: Asking, requestId: string): Promise<Vote> {
    const viewed = await viewer.view(user, publicId)
    await requireReason(user, asking.reason)
    if (asking.action === 'open') await requireWords(user, viewed.vote)
    const now = clock.now()
    const stamp = { actorId: viewed.member.id, requestId, at: new Date(now) }
    return changes.change(publicId, stamp, (vote) => planFor(vote, viewed, asking, now))
  },
})

/** Null when the caller has done this already. */
const planFor = (
  vote: Vote,
  { actor, member }: ViewedVote,
  { action, version, reason }: Asking,
  now: number,
): VotePlan | null => {
  if (isRepeatedVote(vote, { action, version, actorId: member.id })) return null
  const decision = decideVote(action, {
    state: vote.state,
    actor,
    isRunning: isRunning(vote, now),
  })
  // Who may not, hears that first: a version is the business of those who may.
  if (decision.kind === 'forbidden') throw refusalOfVote(decision)
  if (version !== vote.version) throw staleVote()
  if (decision.kind !== 'to') throw refusalOfVote(decision)
  switch (action) {
    case 'open':
      if (vote.closesAt !== null && vote.closesAt.getTime() <= now) throw notNow('closesLater')
      return { kind: 'open', check: (electors) => requireElectors(vote, electors) }
    case 'close':
      return { kind: 'close' }
    case 'cancel':
      if (vote.state === 'open' && !reason) throw badValue('reason')
      return { kind: 'cancel', reason: reason || null }
  }
}

const requireElectors = ({ secret }: Vote, electors: number) => {
  if (electors === 0) throw notNow('noElectors')
  if (secret && electors < LEAST_SECRET_ELECTORS) throw notNow('secretElectors')
  if (electors > MAX_ELECTORS) throw notNow('tooManyElectors')
}

export const isRepeatedVote = (
  { version, lastAction, lastActorId }: Vote,
  asked: { action: string; version: number; actorId: number },
): boolean =>
  version === asked.version + 1 && lastAction === asked.action && lastActorId === asked.actorId

export const refusalOfVote = (decision: Exclude<VoteDecision, { kind: 'to' }>) => {
  switch (decision.kind) {
    case 'forbidden':
      return forbidden('voteOrganisersOnly')
    case 'wrong state':
      return voteState()
    case 'not running':
      return meetingState('notRunning')
  }
}
