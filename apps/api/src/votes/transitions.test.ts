import { expect, it } from 'vitest'
import type { VoteStateName } from './state.ts'
import { effectiveVoteState, VOTE_STATES } from './state.ts'
import type { VoteAct, VoteActor } from './transitions.ts'
import { decideVote, possibleVoteActs } from './transitions.ts'

const ORGANISER: VoteActor = { organiser: true, admin: false, inMeeting: true }
const acts = (state: VoteStateName, actor: VoteActor, isRunning = true) =>
  possibleVoteActs({ state, actor, isRunning })

it.each<[VoteStateName, VoteAct[]]>([
  ['draft', ['update', 'open', 'cancel']],
  ['open', ['close', 'cancel']],
  ['closed', []],
  ['cancelled', []],
])('a vote that is %s can be: %j', (state, expected) => {
  expect(acts(state, ORGANISER)).toEqual(expected)
})

it('a vote of a meeting opens only while the meeting is running', () => {
  expect(acts('draft', ORGANISER, false)).toEqual(['update', 'cancel'])
  const situation = { state: 'draft', actor: ORGANISER, isRunning: false } as const
  expect(decideVote('open', situation)).toEqual({ kind: 'not running' })
})

it('an administrator closes or cancels a vote of the company, and none of a meeting', () => {
  const admin = { organiser: false, admin: true }
  expect(acts('open', { ...admin, inMeeting: false })).toEqual(['close', 'cancel'])
  for (const state of VOTE_STATES) expect(acts(state, { ...admin, inMeeting: true })).toEqual([])
})

it('everybody else decides nothing', () => {
  const other = { organiser: false, admin: false }
  for (const state of VOTE_STATES) {
    expect(acts(state, { ...other, inMeeting: false })).toEqual([])
    expect(acts(state, { ...other, inMeeting: true })).toEqual([])
  }
})

it('a vote is closed at its time, to the millisecond', () => {
  const vote = { state: 'open', closesAt: new Date(1_000) } as const
  expect(effectiveVoteState(vote, 999)).toBe('open')
  expect(effectiveVoteState(vote, 1_000)).toBe('closed')
  expect(effectiveVoteState({ ...vote, state: 'draft' }, 1_000)).toBe('draft')
})
