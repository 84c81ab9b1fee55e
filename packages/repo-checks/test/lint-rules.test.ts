import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const BIOME = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome')
const run = promisify(execFile)

/** One violation a file, or none; a cycle takes two. */
const PLANTED = {
  'values.ts': "import { b } from './values-back.ts'\nexport const a = () => b\n",
  'values-back.ts': "import { a } from './values.ts'\nexport const b = () => a\n",
  'types.ts': "import type { B } from './types-back.ts'\nexport type A = { b: B }\n",
  'types-back.ts': "import type { A } from './types.ts'\nexport type B = { a: A }\n",
  're-export.ts': "export * from './re-export-back.ts'\nexport type A = 1\n",
  're-export-back.ts': "import type { A } from './re-export.ts'\nexport type B = A\n",
  'late.ts': "export const a = () => import('./late-back.ts')\n",
  'late-back.ts': "import { a } from './late.ts'\nexport const b = a\n",
  'inline-type.ts': "export type A = import('./values.ts').B\n",
  'spread-literal.ts': 'export const a = (b: number) => ({ ...{ b }, c: 1 })\n',
  'other-spreads.ts': 'export const a = (b: object, c?: 1) => ({ ...b, ...(c ? { c } : {}) })\n',
}
type Planted = keyof typeof PLANTED

/** Lints the planted files under the configuration of the repository. */
const lint = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'oa-lint-'))
  try {
    const config: unknown = JSON.parse(await readFile(`${ROOT}biome.json`, 'utf8'))
    // The folder is no git repository.
    const ours = { ...(config as object), vcs: { enabled: false } }
    await writeFile(join(folder, 'biome.json'), JSON.stringify(ours))
    await cp(`${ROOT}.biome`, join(folder, '.biome'), { recursive: true })
    for (const [name, text] of Object.entries(PLANTED)) await writeFile(join(folder, name), text)
    const args = [BIOME, 'lint', '--reporter=github', '--max-diagnostics=none']
    const { stdout } = await run(process.execPath, args, { cwd: folder }).catch(
      // It ends with 1 when it found something.
      (found: { stdout: string }) => found,
    )
    return stdout.split('\n')
  } finally {
    await rm(folder, { recursive: true })
  }
}

let report: string[] = []
const saidOf = (file: Planted) => report.filter((line) => line.includes(`/${file},`)).join()

beforeAll(async () => {
  report = await lint()
})

it.each<[string, Planted]>([
  ['values', 'values.ts'],
  ['types', 'types.ts'],
  ['a re-export', 're-export.ts'],
  ['a late import', 'late.ts'],
])('an import cycle of %s is refused', (_what, file) => {
  expect(saidOf(file)).toContain('lint/suspicious/noImportCycles')
})

it('the one form of import that hides a cycle is refused', () => {
  expect(saidOf('inline-type.ts')).toContain('Use `import type`')
})

it('an object literal spread into an object literal is refused', () => {
  expect(saidOf('spread-literal.ts')).toContain('Write the properties out')
})

it('spreading values, and properties that may be absent, is allowed', () => {
  expect(saidOf('other-spreads.ts')).toBe('')
})
