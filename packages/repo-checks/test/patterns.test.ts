import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { checkPatterns } from '../src/patterns/check-patterns.ts'
import { readPatterns } from '../src/patterns/read-patterns.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
/** What meets the text of strangers, on the server or on a phone. */
const FOLDERS = [
  'apps/api/src',
  'apps/miniprogram/miniprogram',
  'packages/contracts/src',
  'packages/wechat/src',
]

const check = (path: string, text: string) => checkPatterns(path, readPatterns(path, text))

it('no regular expression of ours can be kept busy by a long text', () => {
  const files = execFileSync('git', ['ls-files', ...FOLDERS], { cwd: ROOT, encoding: 'utf8' })
    .split('\n')
    .filter((path) => path.endsWith('.ts'))
  const found = files.map((path) => readPatterns(path, readFileSync(`${ROOT}${path}`, 'utf8')))

  expect(found.flat().length).toBeGreaterThan(100)
  expect(files.flatMap((path, at) => checkPatterns(path, found[at] ?? []))).toEqual([])
})

it.each([
  ['exponential', 'const a = /^(a+)+$/'],
  ['quadratic from every begin', 'const a = text.replace(/\\s+$/, "")'],
  ['in a schema', "const a = Type.String({ pattern: '^(a*)*$' })"],
])('notices one that is %s', (_, text) => {
  expect(check('a.ts', text)).toEqual([expect.stringMatching(/^a\.ts:1: .*more than linear/)])
})

it.each([
  'const a = /^[a-z]{1,64}$/u',
  'const a = text.replace(/(?<!\\s)\\s+$/, "")',
  "const a = { pattern: '^a.*b$', other: '(a+)+$' }.other",
])('lets pass %s', (text) => {
  expect(check('a.ts', text)).toEqual([])
})
