import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { TEXTS } from './texts.ts'

const SOURCE = fileURLToPath(new URL('..', import.meta.url))

/** A sentence written where it is thrown, and the start of that sentence. */
const LITERAL = /new BusinessError\(\s*ERRNO\.\w+,\s*['"`](?<start>[^：'"`]*)/g

it('a failure has its text from the table, or one that names a field of the request', () => {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  const starts = files
    .filter((file) => /(?<!\.test)\.ts$/.test(file))
    .flatMap((file) => [...readFileSync(join(SOURCE, file), 'utf8').matchAll(LITERAL)])
    .map(({ groups }) => groups?.start)

  expect(starts.filter((start) => start !== '参数错误')).toEqual([])
})

it('no sentence stands for two errnos', () => {
  const sentences = Object.values(TEXTS).flatMap((texts): string[] => Object.values(texts))
  expect(new Set(sentences).size).toBe(sentences.length)
})
