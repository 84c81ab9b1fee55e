import { expect, it } from 'vitest'
import { addTextFormats, isDisplayText } from './text-formats.ts'

const EMOJI = ['😀', '👨‍👩‍👧', '❤️', '1️⃣', '👍🏽', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🇨🇳', '🏳️‍🌈', '👩🏽‍🚀']

it.each(['', 'a', '小明', ...EMOJI, 'e\u0301', ' a ', 'שלום', '𠮷'])(
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

it.each([
  ['a zero-width space', '\u200b'],
  ['a soft hyphen', '\u00ad'],
  ['a zero-width joiner', '\u200d'],
  ['a zero-width non-joiner', '\u200c'],
  ['a word joiner', '\u2060'],
  ['an invisible separator', '\u2063'],
  ['a byte order mark', '\ufeff'],
  ['a Mongolian vowel separator', '\u180e'],
  ['a tag letter', '\u{e0061}'],
  ['a variation selector', '\ufe0f'],
  ['an ideographic variation selector', '\u{e0100}'],
  ['a combining grapheme joiner', '\u034f'],
  ['a Hangul filler', '\u3164'],
  ['a halfwidth Hangul filler', '\uffa0'],
  ['a Hangul choseong filler', '\u115f'],
  ['a Khmer inherent vowel', '\u17b4'],
  ['a deprecated format character', '\u206a'],
  ['an interlinear annotation anchor', '\ufff9'],
  ['a musical begin beam', '\u{1d173}'],
  ['a blank braille pattern', '\u2800'],
])('does not take %s, with which two names look alike', (_, invisible) => {
  expect(isDisplayText(`小${invisible}明`)).toBe(false)
  expect(isDisplayText(`a${invisible}`)).toBe(false)
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
