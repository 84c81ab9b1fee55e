import { expect, it } from 'vitest'
import { nextTry } from './policy.ts'

it.each([
  [1, 5],
  [2, 30],
  [3, 120],
  [4, 600],
  [40, 600],
])('tries again what has failed %i time(s) after %i s', (attempts, seconds) => {
  expect(nextTry(attempts, 1_000)).toEqual(new Date(1_000 + seconds * 1_000))
})
