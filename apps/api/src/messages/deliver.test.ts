import { expect, it } from 'vitest'
import { MeetingState } from '../meetings/state.ts'
import { isOutdated } from './deliver.ts'

const STARTS_AT = '2026-12-01T02:00:00.000Z'
const about = (state: keyof typeof MeetingState, startsAt = STARTS_AT) => ({
  state: MeetingState[state],
  startsAt: new Date(startsAt),
})
const LATER = '2026-12-01T03:00:00.000Z'

it.each([
  ['an invitation', 'invited', about('scheduled'), false],
  ['an invitation to another time', 'invited', about('scheduled', LATER), true],
  ['a reminder of a meeting that was cancelled', 'starting', about('cancelled'), true],
  ['a cancellation', 'cancelled', about('cancelled'), false],
  ['a removal from a meeting that was moved', 'removed', about('scheduled', LATER), false],
  ['a decision about a meeting that was moved', 'approved', about('scheduled', LATER), false],
  ['a vote of a meeting that was moved', 'vote_opened', about('running', LATER), false],
  ['a request to join, which has no meeting', 'join_request', null, false],
] as const)('%s may be outdated when it is sent', (_name, kind, meeting, expected) => {
  expect(isOutdated({ kind, startsAt: STARTS_AT }, meeting)).toBe(expected)
})
