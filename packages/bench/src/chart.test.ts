import { expect, it } from 'vitest'
import { drawChart, formatCount } from './chart.ts'

const CHART = drawChart('one & two', [
  {
    title: 'reads <per second>',
    unit: '64 connections',
    bars: [
      { name: 'slow', value: 100, kind: 'other' },
      { name: 'fast', value: 400, kind: 'ours' },
    ],
  },
])
const rects = [...CHART.matchAll(/<rect class="(\w+)" [^>]*width="([\d.]+)"/g)].map(
  ([, kind, width]) => ({ kind, width: Number(width) }),
)

it('draws the longest bar first, and lengths in proportion', () => {
  expect(rects.map(({ kind }) => kind)).toEqual(['ours', 'other'])
  expect((rects[0]?.width ?? 0) / (rects[1]?.width ?? 1)).toBeCloseTo(4, 1)
})

it('can be read on a dark page, and needs nothing from elsewhere', () => {
  expect(CHART).toContain('prefers-color-scheme: dark')
  expect(CHART.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(
    /https?:|url\(|@import/,
  )
})

it('escapes what stands in names and titles', () => {
  expect(CHART).toContain('one &amp; two')
  expect(CHART).toContain('reads &lt;per second&gt;')
})

it.each([
  [7, '7'],
  [999, '999'],
  [1_234, '1.2k'],
  [40_477, '40k'],
])('writes %d as %s', (value, expected) => {
  expect(formatCount(value)).toBe(expected)
})
