import { expect, it } from 'vitest'
import { difference, median, quantile, summarize } from './statistics.ts'

it.each([
  [[], 0],
  [[7], 7],
  [[9, 1, 5], 5],
  [[4, 1, 3, 2], 2.5],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected)
})

it('leaves the order of the rounds as it was', () => {
  const rounds = [3, 1, 2]
  median(rounds)
  expect(rounds).toEqual([3, 1, 2])
})

it('tells the extremes beside the median', () => {
  expect(summarize([10, 12, 9])).toEqual({ median: 10, min: 9, max: 12 })
  expect(summarize([])).toEqual({ median: 0, min: 0, max: 0 })
})

it('compares two values regardless of their order', () => {
  expect(difference(100, 110)).toBeCloseTo(0.1)
  expect(difference(110, 100)).toBeCloseTo(0.1)
  expect(difference(5, 5)).toBe(0)
})

it.each([
  [[], 0.99, 0],
  [[7], 0.5, 7],
  [[4, 1, 3, 2], 0.5, 2],
  [[4, 1, 3, 2], 1, 4],
  [Array.from({ length: 1_000 }, (_, index) => index + 1), 0.99, 990],
])('the quantile of %j at %d is %d', (values, share, expected) => {
  expect(quantile(values, share)).toBe(expected)
})
