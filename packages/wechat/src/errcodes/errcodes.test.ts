import { describe, expect, it } from 'vitest'
import { describeErrcode, ERRCODES, retryAfterSecondsOf } from './index.ts'

describe('the catalogue of errcodes', () => {
  it.each(Object.entries(ERRCODES))('%s is explained in both languages', (_errcode, entry) => {
    expect(entry.en).toMatch(/^[\x20-\x7e]{5,120}$/)
    expect(entry.zh).toMatch(/\p{Script=Han}/u)
    if (entry.operator) {
      expect(entry.operator.en.length).toBeGreaterThan(10)
      expect(entry.operator.zh).toMatch(/\p{Script=Han}/u)
    }
  })

  it.each(Object.entries(ERRCODES).filter(([, { reason }]) => reason === 'misconfigured'))(
    '%s, which only an operator can correct, asks for no retry',
    (_errcode, { fault, retry }) => {
      expect([fault, retry]).toEqual(['us', 'no'])
    },
  )

  it('maps an unknown errcode to rejected', () => {
    expect(describeErrcode(12345)).toMatchObject({ reason: 'rejected', retry: 'no' })
  })

  it.each([
    ['2026-01-01T15:59:59Z', 1],
    ['2026-01-01T16:00:00Z', 86_400],
    ['2026-01-01T03:00:00Z', 13 * 3_600],
  ])('daily quotas at %s refill in %i s', (now, seconds) => {
    expect(retryAfterSecondsOf(45009, Date.parse(now))).toBe(seconds)
  })
})
