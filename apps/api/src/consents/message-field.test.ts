import { describe, expect, it } from 'vitest'
import { fieldText } from './message-field.ts'

describe('the value of a field', () => {
  it.each([
    ['iPhone 15 Pro', 'iPhone 15 Pro'],
    ['字'.repeat(20), '字'.repeat(20)],
    ['字'.repeat(21), `${'字'.repeat(19)}…`],
    ['two\nlines\u202E', 'two lines'],
    ['👨‍👩‍👧 pad', '👨 👩 👧 pad'],
    ['  ', '-'],
    ['', '-'],
  ])('of type thing: %j becomes %j', (value, text) => {
    expect(fieldText('thing1', value)).toBe(text)
  })

  it.each([
    ['2001:db8::1', '2001:db8::1'],
    ['会议室 A-1', 'A-1'],
    ['x'.repeat(39), `${'x'.repeat(31)}…`],
    ['会议室', '-'],
  ])('of type character_string: %j becomes %j', (value, text) => {
    expect(fieldText('character_string12', value)).toBe(text)
  })

  it('of type time is the one of the company, wherever the server runs', () => {
    expect(fieldText('time2', new Date('2026-11-30T16:05:00Z'))).toBe('2026年12月01日 00:05')
  })
})
