import { describe, expect, it } from 'vitest'
import {
  isAllowed,
  isPossibleBirthday,
  nextAttempt,
  nextVersion,
  pictureIdOf,
  picturePath,
  toChange,
} from './policy.ts'

const NOW = Date.parse('2026-11-30T12:00:00Z')

it.each(['1900-01-01', '1990-01-31', '2024-02-29', '2026-11-30', '2026-12-01'])(
  'takes %s for a possible birthday',
  (day) => expect(isPossibleBirthday(day, NOW)).toBe(true),
)

it.each(['1899-12-31', '2026-12-02', '2023-02-29', '2026-13-01', '0000-00-00', '', 'today'])(
  'takes %j for no birthday',
  (day) => expect(isPossibleBirthday(day, NOW)).toBe(false),
)

it('lets nothing pass that WeChat would have somebody look at', () => {
  expect(['pass', 'review', 'risky', 'new'].filter(isAllowed)).toEqual(['pass'])
})

describe('an edit', () => {
  it('leaves alone what it does not name', () => {
    expect(toChange({})).toEqual({})
    expect(toChange({ birthday: null })).toEqual({ birthday: null })
    expect(toChange({ nickName: '小明', gender: 1, birthday: '1990-01-31' })).toEqual({
      nickName: '小明',
      gender: 1,
      birthday: new Date('1990-01-31T00:00:00Z'),
    })
  })

  it('always makes a later version', () => {
    expect(nextVersion(new Date(NOW), NOW)).toEqual(new Date(NOW + 1))
    expect(nextVersion(new Date(NOW + 500), NOW)).toEqual(new Date(NOW + 501))
    expect(nextVersion(new Date(NOW - 1), NOW)).toEqual(new Date(NOW))
  })
})

it('asks WeChat again ever later, but at least once an hour', () => {
  const waits = [0, 1, 2, 10].map((attempts) => nextAttempt(attempts, 0, false).getTime() / 60_000)
  expect(waits).toEqual([1, 2, 4, 60])
  expect(nextAttempt(5, 0, true).getTime() / 60_000).toBe(35)
})

it('tells uploaded pictures from those of WeChat', () => {
  const id = 'a'.repeat(32)
  expect(pictureIdOf(picturePath(id))).toBe(id)
  expect(pictureIdOf('https://thirdwx.qlogo.cn/mmopen/1/132')).toBeNull()
  expect(pictureIdOf('')).toBeNull()
})
