import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createKeyRing } from '../config/key-ring.ts'
import { createCheckInCodes, WINDOW_MS } from './code.ts'

const ringOf = (...names: string[]) =>
  createKeyRing(names.map((kid) => ({ kid, key: Buffer.alloc(32, `key ${kid} of a test`) })))
const MEETING = '01938a5e-7c1d-7000-8000-0123456789ab'
/** A moment in the middle of a window. */
const NOW = Math.floor(Date.parse('2026-12-01T08:00:00Z') / WINDOW_MS) * WINDOW_MS + 2_000

describe('a check-in code', () => {
  const codes = createCheckInCodes(ringOf('a'))
  const code = codes.draw(MEETING, NOW)
  const current = { meetingId: MEETING, isCurrent: true }

  it('is 44 characters that are no address', () => {
    expect(code).toMatch(/^OA1\.[A-Za-z0-9_-]{40}$/)
    expect(code).toHaveLength(44)
  })

  it('is accepted in its window and the one after: never longer than 10 s, never shorter than 5', () => {
    const ages = (ms: number) => codes.read(code, NOW - 2_000 + ms)?.isCurrent
    expect([0, 4_999, 5_000, 9_999].map(ages)).toEqual([true, true, true, true])
    expect([10_000, 15_000, 86_400_000].map(ages)).toEqual([false, false, false])
  })

  it('of a time to come is none', () => {
    expect(codes.read(codes.draw(MEETING, NOW + WINDOW_MS), NOW)).toBeNull()
    expect(codes.read(codes.draw(MEETING, NOW + 86_400_000), NOW)).toBeNull()
  })

  it('changes with the meeting and the window, and with nothing else', () => {
    const other = '01938a5e-7c1d-7000-8000-0123456789ac'
    expect(codes.draw(MEETING, NOW + 1)).toBe(code)
    expect(codes.draw(MEETING, NOW + WINDOW_MS)).not.toBe(code)
    expect(codes.draw(other, NOW)).not.toBe(code)
    expect(codes.read(codes.draw(other, NOW), NOW)?.meetingId).toBe(other)
  })

  it('is read by the older keys of the ring, and by no others', () => {
    const renewed = createCheckInCodes(ringOf('b', 'a'))
    expect(renewed.read(code, NOW)).toEqual(current)
    expect(codes.read(renewed.draw(MEETING, NOW), NOW)).toBeNull()
  })

  it.each([
    ['nothing', ''],
    ['another scheme', code.replace('OA1.', 'OA2.')],
    ['no scheme', code.slice(4)],
    ['one character less', code.slice(0, -1)],
    ['one character more', `${code}A`],
    ['a space before', ` ${code}`],
    ['a line after', `${code}\n`],
    ['the other alphabet of base64', `OA1.${'+/'.repeat(20)}`],
    ['padding', `${code.slice(0, -1)}=`],
    ['small letters', code.toLowerCase()],
    ['an address', `https://oa.example.com/${code}`],
    ['twice', code + code],
    ['letters of another script', code.replace('O', 'О')],
  ])('is none with %s', (_what, text) => {
    expect(codes.read(text, NOW)).toBeNull()
  })

  it('is none with any changed bit', () => {
    const bytes = Buffer.from(code.slice(4), 'base64url')
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes)
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      expect(codes.read(`OA1.${changed.toString('base64url')}`, NOW), `bit ${bit}`).toBeNull()
    }
  })

  it('is none whatever somebody makes up', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 30, maxLength: 30 }), (bytes) => {
        const text = `OA1.${Buffer.from(bytes).toString('base64url')}`
        return codes.read(text, NOW) === null
      }),
    )
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => codes.read(text, NOW) === null))
  })
})
