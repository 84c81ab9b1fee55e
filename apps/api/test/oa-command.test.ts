import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const API = fileURLToPath(new URL('../', import.meta.url))
const run = promisify(execFile)

describe('oa in a checkout that was not built', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'oa-command-'))
    await cp(join(API, 'bin'), join(folder, 'bin'), { recursive: true })
    for (const part of ['src', 'node_modules'])
      await symlink(join(API, part), join(folder, part), 'junction')
  })
  afterAll(() => rm(folder, { recursive: true }))
  /** Elsewhere than in the repository, as an operator may be. */
  const oa = (...args: string[]) =>
    run(process.execPath, [join(folder, 'bin/oa.mjs'), ...args], { cwd: folder })

  it('runs from its source', async () => {
    const { stdout } = await oa('--help')

    expect(stdout).toContain('user freeze')
  })

  it('ends with the exit code of the command', async () => {
    await expect(oa('user', 'melt')).rejects.toMatchObject({ code: 2 })
  })
})
