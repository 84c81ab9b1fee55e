import { expect, it } from 'vitest'
import { rewriteSelector } from './style-selectors.ts'

it.each([
  ['page', null, 'wx-page'],
  ['view.a > text', null, 'wx-view.a > wx-text'],
  ['.a .b', 'c', '.c--a .c--b'],
  ['.a::after, .a:not(.b)', 'c', '.c--a::after, .c--a:not(.c--b)'],
  [':host', 'c', '[wx-host="c"]'],
  [':host(.a)', 'c', '[wx-host="c"](.c--a)'],
  ['.a:nth-child(2n + odd)', 'c', '.c--a:nth-child(2n + odd)'],
  ['[data-a="view.b"]', 'c', '[data-a="view.b"]'],
  ['#a-view', null, '#a-view'],
  ['.中文', 'c', '.c--中文'],
  ['*', null, '*'],
  ['0%, 50.5%', null, '0%, 50.5%'],
])('rewrites %s in scope %s to %s', (selector, scope, expected) => {
  expect(rewriteSelector(selector, scope)).toBe(expected)
})
