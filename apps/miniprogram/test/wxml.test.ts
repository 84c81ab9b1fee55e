import { describe, expect, it } from 'vitest'
import { ending, source } from './support/source'

const TAG = /<([a-z-]+)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>/g
const SPOKEN = /\b(?:aria-label|placeholder|title)="([^"]*)"/g

describe.each(ending('.wxml'))('%s', (path) => {
  const text = source(path)
  const script = source(path.replace(/wxml$/, 'ts'))

  it('binds only handlers that its script defines', () => {
    const handlers = [...text.matchAll(/\s(?:bind|catch):?[a-z]+="(\w+)"/g)].map(([, name]) => name)

    for (const name of handlers) expect(script).toMatch(new RegExp(`\\n {2,4}(async )?${name}\\(`))
  })

  it('has no unused handler in its script', () => {
    const own = [...script.matchAll(/\n {2,4}(?:async )?(on[A-Z]\w+)\(/g)].map(([, name]) => name)
    const ofWechat = /^on(Load|Show|Hide|Unload|Ready|PullDownRefresh|ReachBottom|ShareAppMessage)$/

    for (const name of own) if (!ofWechat.test(name ?? '')) expect(text).toContain(`"${name}"`)
  })

  it('shows only text from the catalogue', () => {
    const shown = text
      .replace(TAG, '')
      .replace(/<\/[a-z-]+>/g, '')
      .replace(/\{\{[^}]*\}\}/g, '')
    expect(shown.trim()).toBe('')
    for (const [, spoken] of text.matchAll(SPOKEN)) {
      expect(spoken?.replace(/\{\{[^}]*\}\}/g, '').trim()).toBe('')
    }
  })

  it('draws no HTML', () => {
    expect(text).not.toMatch(/<(?:rich-text|web-view|editor)\b/)
  })

  it('gives everything that can be tapped a role for screen readers', () => {
    for (const [tag, name, attributes] of text.matchAll(TAG)) {
      const isTapped = /\s(bind|catch):?tap=/.test(attributes ?? '')
      if (isTapped && name !== 'button')
        expect(tag).toMatch(
          /aria-role="(button|link|tab|checkbox|\{\{isMany \? 'checkbox' : 'radio'\}\})"/,
        )
    }
  })

  it('closes every tag that it opens', () => {
    const open: string[] = []
    for (const [, close, name, rest] of text.matchAll(/<(\/?)([a-z-]+)([^>]*)>/g)) {
      if (close) expect(open.pop()).toBe(name)
      else if (!rest?.endsWith('/')) open.push(name ?? '')
    }
    expect(open).toEqual([])
  })
})
