import { expect, it } from 'vitest'
import { addTextFormats, isDisplayText } from './text-formats.ts'

it.each(['', 'a', '小明', '😀', '👨‍👩‍👧', 'e\u0301', ' a ', 'שלום', 'a\u200bb', '𠮷'])(
  'takes %j for text that people read',
  (text) => {
    expect(isDisplayText(text)).toBe(true)
  },
)

it.each([
  '\0',
  '\n',
  '\x7f',
  '\x9f',
  '\ud800',
  'a\udfff',
  '\u202e',
  'a\u2066',
  ' ',
  '\u200b',
  '\u3164',
  '\u0301',
])('does not take %j for text that people read', (text) => {
  expect(isDisplayText(text)).toBe(false)
})

it('checks ids and instants exactly', () => {
  const formats = new Map<string, (text: string) => boolean>()
  addTextFormats({ addFormat: (name, check) => formats.set(name, check) })
  const check = (name: string, text: string) => formats.get(name)?.(text)

  expect(check('uuid', '01938a5e-7c1d-7000-8000-000000000001')).toBe(true)
  expect(check('uuid', '01938a5e7c1d70008000000000000001')).toBe(false)
  expect(check('uuid', 'urn:uuid:01938a5e-7c1d-7000-8000-000000000001')).toBe(false)
  expect(check('date-time', '2026-11-21T08:00:00.000Z')).toBe(true)
  expect(check('date-time', '2026-13-21T08:00:00.000Z')).toBe(false)
  expect(check('date-time', '2026-11-21T08:00:00+08:00')).toBe(false)
})

it.each([' ', '\u200b', '\u0301', 'a', '😀', '\ud800'])(
  'reads a hundred thousand of %j in linear time',
  (unit) => {
    const time = (length: number) => {
      const text = unit.repeat(length)
      const start = performance.now()
      isDisplayText(text)
      return performance.now() - start
    }
    time(100_000)
    // Quadratic work on ten times the text would take a hundred times as long.
    const small = Math.max(time(100_000), 0.5)
    expect(time(1_000_000) / small).toBeLessThan(60)
  },
)
