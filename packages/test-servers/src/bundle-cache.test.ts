import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { createBundleCache } from './bundle-cache.ts'

let root: string
const options = () => ({
  absWorkingDir: root,
  entryPoints: ['main.ts'],
  bundle: true,
  outdir: join(root, 'built'),
  metafile: true as const,
})
const cache = () =>
  createBundleCache({ cache: join(root, 'cache'), root, alsoOf: () => ['settings.json'] })

const buildAndKeep = async (begun = Date.now()) => {
  const { metafile } = await build(options())
  await cache().keep(options(), join(root, 'built'), metafile, begun)
}

const restore = () => cache().restore(options(), join(root, 'restored'))

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'oa-bundle-'))
  onTestFinished(() => rm(root, { recursive: true }))
  for (const [name, text] of [
    ['main.ts', "import { part } from './part.ts'\nconsole.log(part)\n"],
    ['part.ts', "export const part = 'a part'\n"],
  ] as const) {
    await writeFile(join(root, name), text)
    await utimes(join(root, name), 1, 1)
  }
})

it('restores what was built of the same files', async () => {
  expect(await restore()).toBe(false)
  await buildAndKeep()

  expect(await restore()).toBe(true)
  expect(await readFile(join(root, 'restored/main.js'), 'utf8')).toContain('a part')
})

it('restores nothing once an imported file has changed', async () => {
  await buildAndKeep()
  await writeFile(join(root, 'part.ts'), "export const part = 'b part'\n")

  expect(await restore()).toBe(false)
})

it('restores nothing once a file has come that says how names are resolved', async () => {
  await buildAndKeep()
  await writeFile(join(root, 'settings.json'), '{}')

  expect(await restore()).toBe(false)
})

it('restores nothing for other options', async () => {
  await buildAndKeep()

  expect(await cache().restore({ ...options(), minify: true }, join(root, 'restored'))).toBe(false)
})

it('does not keep what was built while one of its files changed', async () => {
  const begun = Date.now()
  await utimes(join(root, 'part.ts'), begun / 1000 + 1, begun / 1000 + 1)
  await buildAndKeep(begun)

  expect(await restore()).toBe(false)
})
