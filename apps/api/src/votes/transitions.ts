import type { VoteStateName } from './state.ts'

/**
 * Who the caller is to a vote. `organiser`: of its meeting, or who made a vote without one. `admin`: of the
 * company; inside a meeting an administrator has no say.
 */
export type VoteActor = { organiser: boolean; admin: boolean; inMeeting: boolean }

export type VoteAct = 'update' | 'open' | 'close' | 'cancel'

type VoteTransition = {
  action: VoteAct
  from: readonly VoteStateName[]
  to: VoteStateName | 'same'
  /** Also an administrator, for a vote without a meeting: its maker may have left. */
  admin: boolean
  /** Only while the meeting is running, for a vote inside one. */
  running: boolean
}

/** A vote's life, as far as people decide it; what time decides is in state.ts. */
export const VOTE_TRANSITIONS: readonly VoteTransition[] = [
  { action: 'update', from: ['draft'], to: 'same', admin: false, running: false },
  { action: 'open', from: ['draft'], to: 'open', admin: false, running: true },
  { action: 'close', from: ['open'], to: 'closed', admin: true, running: false },
  { action: 'cancel', from: ['draft', 'open'], to: 'cancelled', admin: true, running: false },
]

export type VoteDecision =
  | { kind: 'to'; to: VoteStateName }
  /** In another state than this action needs. */
  | { kind: 'wrong state' }
  /** Somebody else's business. */
  | { kind: 'forbidden' }
  /** The meeting has not begun, or is over. */
  | { kind: 'not running' }

type Situation = {
  state: VoteStateName
  actor: VoteActor
  /** True for a vote without a meeting. */
  isRunning: boolean
}

/** What becomes of a vote in that state when the actor wants this. */
export const decideVote = (
  action: VoteAct,
  { state, actor, isRunning }: Situation,
): VoteDecision => {
  const row = VOTE_TRANSITIONS.find((one) => one.action === action)
  if (row === undefined) return { kind: 'wrong state' }
  const isAllowed = actor.organiser || (row.admin && actor.admin && !actor.inMeeting)
  if (!isAllowed) return { kind: 'forbidden' }
  if (!row.from.includes(state)) return { kind: 'wrong state' }
  if (row.running && !isRunning) return { kind: 'not running' }
  return { kind: 'to', to: row.to === 'same' ? state : row.to }
}

/** What the actor could do now; pages show these buttons. */
export const possibleVoteActs = (situation: Situation): VoteAct[] =>
  VOTE_TRANSITIONS.map(({ action }) => action).filter(
    (action) => decideVote(action, situation).kind === 'to',
  )
