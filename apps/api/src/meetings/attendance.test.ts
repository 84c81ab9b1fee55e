import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attendanceOf, isCheckInOpen, isCorrectable } from './attendance.ts'
import type { StateName } from './state.ts'
import { MeetingState } from './state.ts'

const MINUTE_MS = 60_000
const START = new Date('2026-12-01T08:00:00Z')
const after = (minutes: number) => new Date(START.getTime() + minutes * MINUTE_MS)
const STATES = Object.keys(MeetingState) as StateName[]
const anyTime = fc.integer({ min: -1_440, max: 10_080 }).map(after)
const anyMeeting = fc.record({
  state: fc.constantFrom(...STATES),
  startsAt: fc.constant(START),
  lateAfterMin: fc.integer({ min: 0, max: 120 }),
})
const anyPlace = fc.oneof(
  fc.record({
    reply: fc.constantFrom('none', 'yes', 'no'),
    checkedInAt: anyTime,
    checkInWay: fc.constantFrom('code', 'hand'),
  }),
  fc.record({
    reply: fc.constantFrom('none', 'yes', 'no'),
    checkedInAt: fc.constant(null),
    checkInWay: fc.constantFrom(null, 'undone'),
  }),
)

describe('where somebody is', () => {
  it('follows from the row and the meeting alone', () => {
    fc.assert(
      fc.property(anyPlace, anyMeeting, (place, meeting) => {
        const status = attendanceOf(place, meeting)
        const isThere = place.checkedInAt !== null
        expect(status).toBe(attendanceOf({ ...place }, { ...meeting }))
        expect(['present', 'late'].includes(status)).toBe(isThere)
        if (status === 'late') expect(place.checkInWay).toBe('code')
        if (status === 'absent') expect(meeting.state).toBe('ended')
        expect(status === 'on_leave').toBe(!isThere && place.reply === 'no')
      }),
    )
  })

  it.each([
    [after(0), 'code', 'present'],
    [after(5), 'code', 'present'],
    [new Date(after(5).getTime() + 1), 'code', 'late'],
    [after(600), 'code', 'late'],
    [after(600), 'hand', 'present'],
    [after(-30), 'code', 'present'],
  ] as const)(
    'at %s by %s is %s, five minutes being nothing',
    (checkedInAt, checkInWay, status) => {
      const meeting = { state: 'running', startsAt: START, lateAfterMin: 5 } as const
      expect(attendanceOf({ reply: 'no', checkedInAt, checkInWay }, meeting)).toBe(status)
    },
  )
})

describe('check-in', () => {
  const meeting = (state: StateName) => ({
    state,
    startsAt: START,
    endsAt: after(60),
    endedAt: state === 'ended' ? after(50) : null,
    org: { checkInOpensMin: 30 },
  })

  it.each(STATES)('of a meeting that is %s is open from its opening, or never', (state) => {
    const at = (minutes: number) => isCheckInOpen(meeting(state), after(minutes).getTime())
    const expected = {
      scheduled: [false, true, true],
      // The organisers began early.
      running: [true, true, true],
    }[state as 'scheduled' | 'running'] ?? [false, false, false]
    expect([-31, -30, 10].map(at)).toEqual(expected)
  })

  it.each(STATES)(
    'of a meeting that is %s is corrected while it is open, and a week long',
    (state) => {
      const at = (minutes: number) => isCorrectable(meeting(state), after(minutes).getTime())
      if (state === 'ended')
        expect([51, 7 * 1_440 + 49, 7 * 1_440 + 50].map(at)).toEqual([true, true, false])
      else expect(at(10)).toBe(isCheckInOpen(meeting(state), after(10).getTime()))
    },
  )
})
