/** `vote.state`, by its number. */
export const VOTE_STATES = ['cancelled', 'draft', 'open', 'closed'] as const
export type VoteStateName = (typeof VOTE_STATES)[number]
export const VoteStateNumber = {
  cancelled: 0,
  draft: 1,
  open: 2,
  closed: 3,
} as const satisfies Record<VoteStateName, number>

/** Of a row; the CHECK constraint of the column keeps to these numbers. */
export const voteStateOf = (number: number): VoteStateName => VOTE_STATES[number] ?? 'cancelled'

type Timed = { state: VoteStateName; closesAt: Date | null }

/** Open, but its time is over: whoever touches it next closes it. */
export const isDue = ({ state, closesAt }: Timed, now: number): boolean =>
  state === 'open' && closesAt !== null && closesAt.getTime() <= now

/** The state that a vote is in by the clock, whatever its row still says. */
export const effectiveVoteState = (vote: Timed, now: number): VoteStateName =>
  isDue(vote, now) ? 'closed' : vote.state
