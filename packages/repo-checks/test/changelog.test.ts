import { expect, it } from 'vitest'
import { releaseNotes } from '../src/docs/changelog.ts'

const CHANGELOG = `# Changelog

## 1.1.0 (unreleased)

- Not yet.

## 1.0.0 (2026-12-01)

- First
  release.

## 0.9.0 (2026-11-01)

- Before.
`

it('a release says what its section of the changelog says', () => {
  expect(releaseNotes('v1.0.0', '1.0.0', CHANGELOG)).toBe('- First\n  release.')
  expect(releaseNotes('v0.9.0', '0.9.0', CHANGELOG)).toBe('- Before.')
})

it.each([
  ['the tag is of another version', 'v1.0.1', '1.0.0', 'package.json says 1.0.0'],
  ['the changelog has no section', 'v2.0.0', '2.0.0', 'no section for 2.0.0'],
  ['the section has no date', 'v1.1.0', '1.1.0', 'needs the date of 1.1.0'],
])('nothing is released when %s', (_what, tag, version, problem) => {
  expect(() => releaseNotes(tag, version, CHANGELOG)).toThrow(problem)
})
