import { describe, expect, it } from 'vitest'
import { dateIn, dayIn } from './day.ts'
import { hoursProblem, minuteOfDay, slotsOf, timeProblem } from './times.ts'

const span = (startsAt: string, endsAt: string) => ({
  startsAt: new Date(startsAt),
  endsAt: new Date(endsAt),
})
const HOUR = span('2026-12-01T01:00:00.000Z', '2026-12-01T02:00:00.000Z')
const NOW = Date.parse('2026-12-01T00:00:00.000Z')

describe('the time of a meeting', () => {
  it.each([
    [HOUR, null],
    [span('2026-12-01T02:00:00.000Z', '2026-12-01T01:00:00.000Z'), 'order'],
    [span('2026-12-01T02:00:00.000Z', '2026-12-01T02:00:00.000Z'), 'order'],
    [span('2026-12-01T00:00:00.000Z', '2026-12-02T00:00:00.000Z'), null],
    [span('2026-12-01T00:00:00.000Z', '2026-12-02T00:00:00.001Z'), 'tooLong'],
    [span('2029-12-01T00:00:00.000Z', '2029-12-01T01:00:00.000Z'), 'tooFar'],
    [span('2026-12-01T01:01:00.000Z', '2026-12-01T02:00:00.000Z'), 'slots'],
    [span('2026-12-01T01:00:00.000Z', '2026-12-01T02:00:30.000Z'), 'slots'],
  ])('%j in a room is refused as %s', (one, problem) => {
    expect(timeProblem(one, { now: NOW, inRoom: true })).toBe(problem)
  })

  it('is free of slots without a room', () => {
    const odd = span('2026-12-01T01:01:00.000Z', '2026-12-01T02:00:30.000Z')
    expect(timeProblem(odd, { now: NOW, inRoom: false })).toBeNull()
  })

  it('takes one slot for each five minutes, and none twice', () => {
    const slots = slotsOf(HOUR)
    expect(slots).toHaveLength(12)
    expect(slots[0]).toBe(HOUR.startsAt.getTime() / 300_000)
    const next = slotsOf({ startsAt: HOUR.endsAt, endsAt: new Date(HOUR.endsAt.getTime() + 1) })
    expect(slots).not.toContain(next[0])
  })
})

describe('the hours of a room', () => {
  const OFFICE = { opensMin: 9 * 60, closesMin: 18 * 60, maxMin: 120 }

  it.each([
    ['2026-12-01T01:00:00.000Z', '2026-12-01T02:00:00.000Z', null],
    ['2026-12-01T00:55:00.000Z', '2026-12-01T02:00:00.000Z', 'roomClosed'],
    ['2026-12-01T09:00:00.000Z', '2026-12-01T10:00:00.000Z', null],
    ['2026-12-01T09:00:00.000Z', '2026-12-01T10:05:00.000Z', 'roomClosed'],
    ['2026-12-01T01:00:00.000Z', '2026-12-01T03:05:00.000Z', 'roomTooLong'],
  ])('are those of the company: %s to %s is %s', (from, to, problem) => {
    expect(hoursProblem(span(from, to), OFFICE, 'Asia/Shanghai')).toBe(problem)
  })

  it('do not end at midnight for a room that is always open', () => {
    const always = { opensMin: 0, closesMin: 1_440, maxMin: 1_440 }
    const overnight = span('2026-12-01T15:00:00.000Z', '2026-12-01T17:00:00.000Z')
    expect(hoursProblem(overnight, always, 'Asia/Shanghai')).toBeNull()
  })

  it('are counted in local minutes', () => {
    expect(minuteOfDay(HOUR.startsAt, 'Asia/Shanghai')).toBe(9 * 60)
    expect(minuteOfDay(HOUR.startsAt, 'UTC')).toBe(60)
  })
})

it.each([
  ['Asia/Shanghai', '2026-12-01', '2026-11-30T16:00:00.000Z', 24],
  ['UTC', '2026-12-01', '2026-12-01T00:00:00.000Z', 24],
  ['America/New_York', '2026-03-08', '2026-03-08T05:00:00.000Z', 23],
  ['America/New_York', '2026-11-01', '2026-11-01T04:00:00.000Z', 25],
])('a day in %s on %s begins at %s and has %i hours', (zone, date, startsAt, hours) => {
  const day = dayIn(zone, date)
  expect(day.startsAt.toISOString()).toBe(startsAt)
  expect(day.endsAt.getTime() - day.startsAt.getTime()).toBe(hours * 3_600_000)
})

it.each([
  ['Asia/Shanghai', '2026-11-30T15:59:59.999Z', '2026-11-30'],
  ['Asia/Shanghai', '2026-11-30T16:00:00.000Z', '2026-12-01'],
  ['America/New_York', '2026-11-30T16:00:00.000Z', '2026-11-30'],
])('it is in %s at %s the %s', (zone, at, date) => {
  expect(dateIn(zone, new Date(at))).toBe(date)
})
