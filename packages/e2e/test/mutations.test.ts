import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { applyMutation } from '../mutations/apply.ts'
import { mutations } from '../mutations/mutations.ts'

const CLIENT = fileURLToPath(new URL('../../../apps/miniprogram/miniprogram/', import.meta.url))
const PACKAGE = fileURLToPath(new URL('../', import.meta.url))

describe.each(mutations)('the mutation “$name”', (mutation) => {
  it('applies to the mini-program as it is', async () => {
    const source = await readFile(CLIENT + mutation.file, 'utf8')

    expect(applyMutation(source, mutation)).not.toBe(source)
  })

  it('names a test that exists', async () => {
    const { file, name } = mutation.test

    expect(await readFile(PACKAGE + file, 'utf8')).toContain(name)
  })
})
