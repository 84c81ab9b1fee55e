import { expect, it } from 'vitest'
import { checkDecisions, indexAsMarkdown } from '../src/docs/decisions.ts'
import { checkLinks } from '../src/docs/links.ts'
import { checkNamedTests } from '../src/docs/named-tests.ts'

const RECORD = {
  name: '0001-one-thing.md',
  text: `# 0001 One thing

- Status: accepted
- Date: 2026-11-21

## Context

Why.

## Decision

What.

## Consequences

Then.
`,
}
const INDEX = `# Decisions\n\n${indexAsMarkdown([RECORD])}\n`
const changed = (from: string | RegExp, to: string) => [
  { ...RECORD, text: RECORD.text.replace(from, to) },
]

it('accepts records of the common form that the index lists', () => {
  expect(checkDecisions([RECORD], INDEX)).toEqual([])
})

it.each([
  ['lacks its date', changed(/- Date.*/, ''), 'needs a title'],
  ['lacks a section', changed('## Decision', '## Choice'), 'needs a title'],
  ['has the number of another', changed('# 0001', '# 0002'), 'calls itself 0002'],
  ['has a status of its own', changed('accepted', 'perhaps'), 'unknown status perhaps'],
  ['is longer than half a page', changed('Why.', 'why '.repeat(400)), 'half a page'],
  ['has a title that the index does not know', changed('One thing', 'Another'), 'lacks the row'],
  ['is missing', [], 'has the row'],
])('says so when a record %s', (_what, records, problem) => {
  expect(checkDecisions(records, INDEX)).toContainEqual(expect.stringContaining(problem))
})

it('finds links to files that are not there, and leaves other links and code alone', () => {
  const text = [
    '[gone](../gone.md#part) [here](../here.md) [web](https://example.com) [part](#part)',
    '```md',
    '[example](example.md)',
    '```',
  ].join('\n')

  expect(checkLinks([{ path: 'docs/page.md', text }], (path) => path === 'here.md')).toEqual([
    'docs/page.md links to ../gone.md, which is not there',
  ])
})

it('finds tests that a page names and that their file lacks', () => {
  const text = '| x | [a](../test/a.test.ts) “is there” “was there”, [b](../b.test.ts) “gone” |'
  const files: Record<string, string> = { 'test/a.test.ts': "it('is there', () => {})" }

  expect(checkNamedTests([{ path: 'docs/page.md', text }], (path) => files[path])).toEqual([
    'docs/page.md names “was there”, which test/a.test.ts lacks',
  ])
})
