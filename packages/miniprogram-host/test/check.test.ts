import { expect, it } from 'vitest'
import { pageLines, summaryLines } from '../src/check/print-report.ts'
import { checkProject } from '../src/index.ts'
import { describeOnBackends } from './support/backends.ts'
import { writeProject } from './support/project.ts'

/** One page of each kind. */
const project = (): string =>
  writeProject({
    'app.json': JSON.stringify({
      pages: ['pages/a/a', 'throws', 'broken', 'missing', 'late', 'offline', 'gap', 'leaves'],
    }),
    'throws.ts': "Page({ onLoad() { throw new RangeError('oh no') } })",
    'throws.wxml': '<view />',
    'broken.ts': "throw new TypeError('while it is loaded')",
    'broken.wxml': '<view />',
    'missing.ts': 'Page({})',
    'missing.wxml': '<import src="./none" />',
    'late.ts': 'Page({ onReady() { setTimeout(() => { null.a }, 20) } })',
    'late.wxml': '<view />',
    'offline.ts': "Page({ async onLoad() { await wx.cloud.callFunction({ name: 'a' }) } })",
    'offline.wxml': '<view />',
    'gap.ts': 'Page({ onLoad() { wx.startWifi({ fail() {} }) } })',
    'gap.wxml': '<view />',
    'leaves.ts': "Page({ onLoad() { wx.redirectTo({ url: '/pages/a/a' }) } })",
    'leaves.wxml': '<view />',
  })

describeOnBackends('the check of a project', (backend) => {
  it('opens each page on its own and says which open clean, and why others do not', async () => {
    const told: string[] = []
    const report = await checkProject({
      projectPath: project(),
      backend,
      settle: 100,
      onPage: ({ path }) => told.push(path),
    })
    expect(report.pages.map(({ path, clean }) => [path, clean])).toEqual([
      ['pages/a/a', true],
      ['throws', false],
      ['broken', false],
      ['missing', false],
      ['late', false],
      ['offline', true],
      ['gap', true],
      ['leaves', true],
    ])
    expect(told.sort()).toEqual(report.pages.map(({ path }) => path).sort())
    const [, throws, broken, missing, , , gap, leaves] = report.pages
    expect(throws?.problems).toEqual(['RangeError: oh no (throws.ts:1:25)'])
    expect(broken?.problems).toEqual(['broken.js: while it is loaded'])
    expect(missing?.problems).toEqual([expect.stringContaining('none.wxml is not there')])
    expect(leaves?.gaps).toEqual(['the app went on to pages/a/a'])
    expect(gap?.gaps).toEqual(['wx.startWifi is not supported and fails'])
  })
})

it('prints a line for each page and a summary', () => {
  const pages = [
    { path: 'a', clean: true, problems: [], gaps: ['g'] },
    { path: 'b', clean: false, problems: ['p\nsecond line'], gaps: [] },
    { path: 'c', clean: true, problems: [], gaps: [] },
  ]
  expect(pages.flatMap(pageLines)).toEqual([
    'clean      a',
    '           (g)',
    'NOT clean  b',
    '           p',
    'clean      c',
  ])
  expect(summaryLines({ pages, warnings: ['w'] })).toEqual([
    'warning: w',
    '2 of 3 pages open clean (66.6 %)',
  ])
})
