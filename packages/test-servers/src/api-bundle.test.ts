import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { BundleError, bundleApi } from './api-bundle.ts'

const API = fileURLToPath(new URL('../../../apps/api/', import.meta.url))

it('names the file and the line that it cannot read, and writes nothing', async () => {
  const folder = await mkdtemp(join(API, 'node_modules/.cache/unreadable-'))
  try {
    const file = join(folder, 'broken.ts')
    await writeFile(file, 'export const one = 1\nexport const two = = 2\n')
    const bundling = bundleApi({ more: [relative(API, file)], name: 'never-written' })

    await expect(bundling).rejects.toThrow(BundleError)
    await expect(bundling).rejects.toThrow(/broken\.ts:2:/)
  } finally {
    await rm(folder, { recursive: true })
  }
})

it('keeps its data where the source would: a new installation must not take it away', async () => {
  const bundled = await bundleApi({ more: ['src/config/own-package.ts'] })
  try {
    const { DEFAULT_DATA_DIR }: { DEFAULT_DATA_DIR: string } = await import(
      join(bundled.folder, 'own-package.mjs')
    )
    expect(DEFAULT_DATA_DIR).toBe(join(API, '.data'))
  } finally {
    await bundled.remove()
  }
})
