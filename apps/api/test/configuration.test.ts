import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { Env } from '../src/config/env.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const read = (path: string) => readFileSync(ROOT + path, 'utf8')

/** What `pnpm dev` reads for itself. */
const DEV = 'packages/dev/src/'
const readByDev = readdirSync(ROOT + DEV)
  .flatMap((file) => [...read(DEV + file).matchAll(/\benv\.([A-Z][A-Z0-9_]+)/g)])
  .map(([, name = '']) => name)

const VARIABLES = [...new Set([...Object.keys(Env.properties), ...readByDev])].sort()

/** Variables whose default does not depend on others. */
const DEFAULTS = Object.entries(Env.properties).flatMap(([name, schema]) =>
  'default' in schema ? [[name, String(schema.default)] as const] : [],
)

/** Variable → its line of `.env.example`, behind the `=`. */
const readExample = () =>
  new Map(
    [...read('.env.example').matchAll(/^# ([A-Z][A-Z0-9_]+)=(\S*)/gm)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  )

/** Variable → the default that a page shows. */
const readPage = (path: string) =>
  new Map(
    [...read(path).matchAll(/^\| `([A-Z][A-Z0-9_]+)`(?: ●)? \| ([^|]+) \| [^|]+ \|$/gm)].map(
      ([, name = '', value = '']) => [name, value.split('`')[1] ?? ''],
    ),
  )

it.each([
  ['.env.example', readExample()],
  ['docs/configuration.md', readPage('docs/configuration.md')],
  ['docs/configuration.zh-CN.md', readPage('docs/configuration.zh-CN.md')],
])('%s lists every variable that is read, and no other, with its default', (_path, shown) => {
  expect([...shown.keys()].sort()).toEqual(VARIABLES)
  expect(DEFAULTS.map(([name]) => [name, shown.get(name)])).toEqual(DEFAULTS)
})

it('.env.example sets nothing by itself', () => {
  expect(read('.env.example')).not.toMatch(/^[^#\n]/m)
})
