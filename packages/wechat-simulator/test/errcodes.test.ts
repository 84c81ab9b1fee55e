import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')

it('every errcode of the simulator has a test', () => {
  const names = readdirSync(new URL('./', import.meta.url))
  const tested = names
    .filter((name) => name.endsWith('.test.ts'))
    .map(read)
    .join('\n')
  const source = read('../src/platform/wechat-error.ts')
  const errcodes = [...source.matchAll(/^ {2}\[?(-?\d+)\]?:/gm)].map(([, errcode]) => errcode)

  expect(errcodes.length).toBeGreaterThan(60)
  expect(
    errcodes.filter((errcode) => !new RegExp(`(?<![\\w-])${errcode}\\b`).test(tested)),
  ).toEqual([])
})
