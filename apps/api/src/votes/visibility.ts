import type { VoteStateName } from './state.ts'

/** What decides who sees what of a vote. */
export type Seeing = {
  state: VoteStateName
  /** Was opened once; a draft is its organisers' own. */
  announced: boolean
  secret: boolean
  /** Tallies are shown while the vote is open; never of a secret one. */
  live: boolean
  /** Takes part in the meeting, or approves it; of a vote without a meeting: an elector. */
  insider: boolean
  /** Of the meeting; of a vote without one: who made it. */
  organiser: boolean
  /** Of the company. */
  admin: boolean
}

export type Sight = {
  /** `card`: that there is such a vote, and its state. */
  view: 'full' | 'card' | 'none'
  /** How many have voted. */
  cast: boolean
  /** Who has voted. */
  voters: boolean
  tallies: boolean
  /** Who chose what, of a named vote; everybody sees their own choice. */
  choices: boolean
  /** Single ballots of a secret vote, by their random id. */
  ballots: boolean
}

const NOTHING = {
  cast: false,
  voters: false,
  tallies: false,
  choices: false,
  ballots: false,
}

/** Every answer about a vote is cut by this, whatever route it leaves by. */
export const sightOf = (seeing: Seeing): Sight => {
  const { state, announced, secret, live, insider, organiser, admin } = seeing
  if (!announced) return { view: organiser ? 'full' : 'none', ...NOTHING }
  if (!insider && !organiser) return { view: admin ? 'card' : 'none', ...NOTHING }
  // The ballots of a cancelled vote are gone, and who had voted is nobody's business any more.
  if (state === 'cancelled') return { view: 'full', ...NOTHING }
  const isClosed = state === 'closed'
  return {
    view: 'full',
    cast: true,
    voters: isClosed || (organiser && !secret),
    tallies: isClosed || (live && !secret),
    choices: isClosed && !secret,
    ballots: isClosed && secret && organiser,
  }
}
