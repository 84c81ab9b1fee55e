import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const NOTICE = join(ROOT, 'packages/dev/install-notice.mjs')
const SQLITE = createRequire(import.meta.url).resolve('better-sqlite3/package.json')
const run = promisify(execFile)

describe('the installation', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'oa-install-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('says the first time, and only then, that SQLite may have to be compiled, and for how long', async () => {
    const first = await run(process.execPath, [NOTICE], { cwd: folder })
    await mkdir(join(folder, 'node_modules/.pnpm'), { recursive: true })
    const second = await run(process.execPath, [NOTICE], { cwd: folder })

    expect(first.stdout).toContain('one to three minutes')
    expect(second.stdout).toBe('')
  })

  it('names the tools that compiling would need and that are not there', async () => {
    const { stdout } = await run(process.execPath, [NOTICE], {
      cwd: folder,
      env: { PATH: folder },
    })

    expect(stdout).toContain('would fail here without: python3, make, c++')
  })

  it('is never silent for five seconds while SQLite is compiled', async () => {
    for (const [command, script] of [
      ['prebuild-install', 'exit 1'],
      ['node-gyp', 'sleep 5'],
    ] as const) {
      await writeFile(join(folder, command), `#!/bin/sh\n${script}\n`)
      await chmod(join(folder, command), 0o755)
    }
    const script = SQLITE.replace('package.json', 'install.js')
    const { stdout } = await run(process.execPath, [script], {
      env: { PATH: [folder, process.env.PATH].join(delimiter) },
    })

    expect(stdout).toContain('compiled: one to three minutes')
    expect(stdout).toContain('Compiling SQLite: 4 s')
  })

  it.each(['README.md', 'README.zh-CN.md'])(
    '%s names all that tests and pictures need of apt',
    (page) => {
      const packages = readFileSync(join(ROOT, '.ci/install-servers.sh'), 'utf8').matchAll(
        /missing(?:\+?=)\(([^)]+)\)/g,
      )
      const needed = [...packages].flatMap(([, names = '']) => names.split(' '))
      const [, line = ''] =
        readFileSync(join(ROOT, page), 'utf8').match(/apt-get install (mariadb[^`]+)`/) ?? []

      expect(needed.length).toBeGreaterThan(0)
      expect(line.split(/\s+/).sort()).toEqual(needed.sort())
    },
  )
})
