import { expect, it } from 'vitest'
import { json, source } from './support/source'

const PAIRS = [
  ['text', 'bg'],
  ['text', 'surface'],
  ['text-soft', 'bg'],
  ['text-soft', 'surface'],
  ['brand', 'bg'],
  ['brand', 'surface'],
  ['brand', 'brand-soft'],
  ['on-brand', 'brand'],
  ['on-brand', 'brand-press'],
  ['danger', 'surface'],
  ['danger', 'bg'],
  ['on-notice', 'notice'],
] as const

const [lightBlock = '', darkBlock = ''] = source('styles/tokens.wxss').split('@media')
const tokens = (css: string) =>
  Object.fromEntries(
    [...css.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name, hex]) => [name, hex]),
  )
const themes = { light: tokens(lightBlock), dark: tokens(darkBlock) }

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
const luminance = (hex: string) => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })

  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (a: string, b: string) => {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)

  return (high + 0.05) / (low + 0.05)
}

it.each(PAIRS)('has enough contrast in both themes: %s on %s', (front, back) => {
  for (const { [front]: text = '', [back]: ground = '' } of Object.values(themes)) {
    expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5)
  }
})

it('has enough contrast in the tab bar', () => {
  for (const theme of Object.values<Record<string, string>>(json('theme.json'))) {
    const { tabText = '', tabSelected = '', tabBackground = '' } = theme
    expect(contrast(tabText, tabBackground)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(tabSelected, tabBackground)).toBeGreaterThanOrEqual(4.5)
  }
})

it('gives every colour a value in both themes', () => {
  expect(Object.keys(themes.dark).sort()).toEqual(Object.keys(themes.light).sort())
})
