import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MemberEvent, MemberState } from './membership.ts'
import {
  eventTowards,
  MEMBER_STATES,
  MemberStatus,
  memberStateOf,
  stateAfter,
  TRANSITIONS,
} from './membership.ts'
import { may, mayActOn, ROLES } from './role.ts'

const EVENTS = Object.keys(TRANSITIONS) as MemberEvent[]

it('numbers the states as the column does', () => {
  expect(MEMBER_STATES.map((state) => MemberStatus[state])).toEqual([0, 1, 2, 3, 4, 5])
  expect(memberStateOf(MemberStatus.suspended)).toBe('suspended')
})

describe('a membership', () => {
  it('is suspended until an administrator resumes or removes it, whatever the user does', () => {
    const byUser: MemberEvent[] = ['request', 'enter', 'leave']
    for (const event of byUser) expect(stateAfter(event, 'suspended'), event).toBeNull()
  })

  it('becomes active by an acceptance, the roster or an open invitation, and by nothing else', () => {
    const ways = EVENTS.filter((event) => TRANSITIONS[event].to === 'active')
    expect(ways.sort()).toEqual(['accept', 'enter', 'resume'])
    expect(stateAfter('accept', 'refused')).toBeNull()
  })

  it('stays in the table of its states, whatever happens in whatever order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...EVENTS)), (events) => {
        let state: MemberState | 'none' = 'none'
        for (const event of events) state = stateAfter(event, state) ?? state
        expect([...MEMBER_STATES, 'none']).toContain(state)
      }),
    )
  })

  it.each([
    ['active', 'pending', null],
    ['active', 'suspended', 'resume'],
    ['suspended', 'active', 'suspend'],
    ['suspended', 'pending', null],
    ['left', 'expected', 'remove'],
    ['left', 'refused', null],
    ['active', 'left', null],
  ] as const)('is brought to %s from %s by %s', (wanted, state, event) => {
    expect(eventTowards(wanted, state)).toBe(event)
  })
})

describe('a role', () => {
  it('may all that a lesser one may', () => {
    expect(ROLES.map((role) => may(role, 'readMembers'))).toEqual([true, true, true, true])
    expect(ROLES.map((role) => may(role, 'manageMembers'))).toEqual([false, false, true, true])
    expect(ROLES.map((role) => may(role, 'changeRoles'))).toEqual([false, false, false, true])
  })

  it('acts on lesser ones only, unless it is an owner', () => {
    expect(ROLES.map((target) => mayActOn('admin', target))).toEqual([true, true, false, false])
    expect(ROLES.map((target) => mayActOn('owner', target))).toEqual([true, true, true, true])
  })
})
