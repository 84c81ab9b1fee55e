import { describe, expect, it } from 'vitest'
import type { StateName } from './state.ts'
import { effectiveState, MeetingState } from './state.ts'
import type { Action, Facts, MeetingRole } from './transitions.ts'
import { decide, possibleActions } from './transitions.ts'

const STARTS = Date.parse('2026-12-01T01:00:00.000Z')
const MINUTE = 60_000
const SPAN = { startsAt: new Date(STARTS), endsAt: new Date(STARTS + 60 * MINUTE) }
const EARLY: Facts = { ...SPAN, now: STARTS - 60 * MINUTE, needsApproval: false, others: 1 }
const CREATOR = { roles: ['creator'] as MeetingRole[], admin: false }
const AUDITOR = { roles: ['auditor'] as MeetingRole[], admin: true }

const outcome = (
  action: Action,
  state: StateName,
  facts: Partial<Facts> = {},
  actor: { roles: MeetingRole[]; admin: boolean } = CREATOR,
) => {
  const decision = decide(action, { state, facts: { ...EARLY, ...facts }, actor })
  if (decision.kind === 'to') return decision.to
  return decision.kind === 'not now' ? decision.rule : decision.kind
}

describe('a meeting', () => {
  it.each<[Action, StateName, string]>([
    ['submit', 'draft', 'scheduled'],
    ['submit', 'rejected', 'scheduled'],
    ['submit', 'scheduled', 'wrong state'],
    ['withdraw', 'pending', 'draft'],
    ['withdraw', 'scheduled', 'wrong state'],
    ['update', 'draft', 'draft'],
    ['update', 'pending', 'wrong state'],
    ['update', 'scheduled', 'scheduled'],
    ['update', 'running', 'wrong state'],
    ['start', 'scheduled', 'isAboutToStart'],
    ['extend', 'running', 'running'],
    ['end', 'running', 'ended'],
    ['end', 'scheduled', 'wrong state'],
    ['cancel', 'pending', 'cancelled'],
    ['cancel', 'scheduled', 'cancelled'],
    ['cancel', 'running', 'wrong state'],
    ['delete', 'draft', 'gone'],
    ['delete', 'rejected', 'wrong state'],
    ['approve', 'pending', 'forbidden'],
  ])('%s of its creator while %s: %s', (action, state, to) => {
    expect(outcome(action, state)).toBe(to)
  })

  it.each<[Action, StateName]>(
    (['submit', 'withdraw', 'update', 'cancel', 'start', 'end', 'extend'] as const).flatMap(
      (action) => (['cancelled', 'ended'] as const).map((state) => [action, state] as const),
    ),
  )('has no way back by %s once it is %s', (action, state) => {
    expect(outcome(action, state)).toBe('wrong state')
  })

  it('goes to its auditor where somebody has to approve it', () => {
    expect(outcome('submit', 'draft', { needsApproval: true })).toBe('pending')
    expect(outcome('approve', 'pending', {}, AUDITOR)).toBe('scheduled')
    expect(outcome('reject', 'pending', {}, AUDITOR)).toBe('rejected')
    expect(outcome('approve', 'pending', { now: STARTS }, AUDITOR)).toBe('startsLater')
    expect(outcome('reject', 'pending', { now: STARTS }, AUDITOR)).toBe('rejected')
  })

  it.each<MeetingRole>(['creator', 'host'])(
    'is not approved by an auditor who is its %s',
    (role) => {
      const both = { roles: ['auditor', role] as MeetingRole[], admin: true }
      expect(outcome('approve', 'pending', {}, both)).toBe('forbidden')
    },
  )

  it('is submitted before its start, and with somebody besides the host', () => {
    expect(outcome('submit', 'draft', { now: STARTS })).toBe('startsLater')
    expect(outcome('submit', 'draft', { others: 0 })).toBe('hasOthers')
  })

  it('may be opened half an hour before its start, and not earlier', () => {
    expect(outcome('start', 'scheduled', { now: STARTS - 30 * MINUTE - 1 })).toBe('isAboutToStart')
    expect(outcome('start', 'scheduled', { now: STARTS - 30 * MINUTE })).toBe('running')
  })

  it('is cancelled by an administrator too, who can do nothing else', () => {
    const admin = { roles: [], admin: true }
    const about = { facts: EARLY, actor: admin }
    expect(possibleActions({ state: 'scheduled', ...about })).toEqual(['cancel'])
    expect(possibleActions({ state: 'draft', ...about })).toEqual([])
  })

  it.each<MeetingRole>(['participant', 'observer'])('obeys no %s', (role) => {
    for (const state of Object.keys(MeetingState) as StateName[]) {
      const actor = { roles: [role], admin: false }
      expect(possibleActions({ state, facts: EARLY, actor })).toEqual([])
    }
  })

  it.each<[StateName, number, StateName]>([
    ['pending', -1, 'pending'],
    ['pending', 0, 'rejected'],
    ['scheduled', -1, 'scheduled'],
    ['scheduled', 0, 'running'],
    ['scheduled', 180, 'ended'],
    ['running', 179, 'running'],
    ['running', 180, 'ended'],
    ['draft', 10_000, 'draft'],
    ['cancelled', 10_000, 'cancelled'],
  ])('that was %s is, %i minutes after its start, %s by the clock', (state, minutes, now) => {
    const meeting = { state, ...SPAN, openVotes: 0 }
    expect(effectiveState(meeting, STARTS + minutes * MINUTE)).toBe(now)
  })

  it('is kept going by a vote that is open', () => {
    const meeting = { state: 'scheduled', ...SPAN, openVotes: 1 } as const
    expect(effectiveState(meeting, STARTS + 10_000 * MINUTE)).toBe('running')
  })
})
