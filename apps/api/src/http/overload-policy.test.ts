import { expect, it } from 'vitest'
import { createShare, isFull, nextPressure, shareOf } from './overload-policy.ts'

const TARGET_MS = 100

const after = (lateMs: number, samples: number, from = 0) => {
  let pressure = from
  for (let sample = 0; sample < samples; sample += 1) {
    pressure = nextPressure(pressure, { lateMs, forMs: 100 }, TARGET_MS)
  }
  return pressure
}

it('turns nobody away while the process is not too late', () => {
  expect(after(0, 100)).toBe(0)
  expect(after(TARGET_MS, 100)).toBe(0)
})

it('turns sign-ins away before any other request, and probes never', () => {
  let pressure = 0
  while (pressure < 2) {
    pressure = nextPressure(pressure, { lateMs: 1.5 * TARGET_MS, forMs: 100 }, TARGET_MS)
    if (shareOf(pressure, 'last') > 0) expect(shareOf(pressure, 'first')).toBe(1)
    expect(shareOf(pressure, 'never')).toBe(0)
  }
  expect([shareOf(pressure, 'first'), shareOf(pressure, 'last')]).toEqual([1, 1])
})

it('refuses sooner the later the process is, and within ten samples when it is very late', () => {
  expect(after(5 * TARGET_MS, 3)).toBeGreaterThan(after(2 * TARGET_MS, 3))
  expect(after(60_000, 10)).toBe(2)
})

it('makes up for looks that were late themselves', () => {
  expect(nextPressure(0, { lateMs: 3_000, forMs: 3_100 }, TARGET_MS)).toBe(2)
})

it('lets everybody in again, over two seconds', () => {
  expect(after(0, 10, 2)).toBeCloseTo(1)
  expect(after(0, 20, 2)).toBeCloseTo(0)
})

it.each([0, 0.1, 0.25, 0.5, 1])('turns a share of %d away', (share) => {
  const isShed = createShare()
  const shed = Array.from({ length: 1_000 }, () => isShed(share)).filter(Boolean)
  expect(Math.abs(shed.length - 1_000 * share)).toBeLessThanOrEqual(1)
})

it('keeps half of the room for users who are signed in', () => {
  expect([isFull(6, 10, 'first'), isFull(6, 10, 'last')]).toEqual([true, false])
  expect([isFull(11, 10, 'last'), isFull(11, 10, 'never')]).toEqual([true, false])
})
