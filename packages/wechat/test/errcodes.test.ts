import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { ERRCODES } from '../src/index.ts'

const CASES = join(
  dirname(fileURLToPath(import.meta.resolve('@oa/wechat-conformance'))),
  '../conformance',
)

/** The errcodes in the data of the conformance cases. */
const answered = new Set(
  readdirSync(CASES)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) =>
      [...readFileSync(join(CASES, file), 'utf8').matchAll(/"\w*errcode": ([1-9]\d*)/gi)].map(
        ([, errcode]) => Number(errcode),
      ),
    ),
)

it('every errcode that WeChat is known to return is in the catalogue', () => {
  expect(answered.size).toBeGreaterThan(50)
  expect([...answered].filter((errcode) => !(errcode in ERRCODES))).toEqual([])
})
