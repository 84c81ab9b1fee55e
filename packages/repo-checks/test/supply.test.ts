import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Licensed } from '../src/supply/licences.ts'
import { checkLicences } from '../src/supply/licences.ts'
import { checkLockfile } from '../src/supply/lockfile.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const STORE = `${ROOT}node_modules/.pnpm/`
const HASH = `sha512-${'A'.repeat(86)}==`

const lockfileWith = (resolution: string) =>
  `lockfileVersion: '9.0'\n\npackages:\n\n  'good@1.0.0':\n    resolution: {integrity: ${HASH}}\n\n  other@2.0.0:\n    resolution: ${resolution}\n`

/** Every installed package; pnpm keeps each in a folder of its own, beside links to others. */
const installed = (): Licensed[] =>
  readdirSync(STORE).flatMap((folder) => {
    const modules = `${STORE}${folder}/node_modules/`
    const own = readdirSyncOrNone(modules).flatMap((name) =>
      name.startsWith('@')
        ? readdirSyncOrNone(`${modules}${name}/`).map((rest) => `${name}/${rest}`)
        : [name],
    )
    return own
      .filter((name) => folder.startsWith(`${name.replace('/', '+')}@`))
      .map((name): Licensed => JSON.parse(readFileSync(`${modules}${name}/package.json`, 'utf8')))
  })

const readdirSyncOrNone = (folder: string): string[] => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

describe('the lockfile', () => {
  it('pins every package by its hash', () => {
    expect(checkLockfile(readFileSync(`${ROOT}pnpm-lock.yaml`, 'utf8'))).toEqual([])
  })

  it.each([
    ['of another server', `{integrity: ${HASH}, tarball: https://elsewhere.example/other.tgz}`],
    ['of a repository', '{type: git, repo: https://git.example/other, commit: abc}'],
    ['without a hash', '{tarball: https://elsewhere.example/other.tgz}'],
    ['with a weak hash', '{integrity: sha1-AAAA}'],
  ])('may not hold a package %s', (_what, resolution) => {
    expect(checkLockfile(lockfileWith(resolution))).toEqual([
      expect.stringContaining('other@2.0.0'),
    ])
  })
})

describe('the licences', () => {
  it('of all installed packages are allowed', () => {
    const packages = installed()
    expect(packages.length).toBeGreaterThan(100)
    expect(checkLicences(packages)).toEqual([])
  })

  it.each<[license: unknown, allowed: boolean]>([
    ['MIT', true],
    ['(GPL-3.0 OR MIT)', true],
    ['MIT AND GPL-3.0', false],
    ['AGPL-3.0', false],
    [[{ type: 'MIT' }], true],
    [undefined, false],
  ])('%j: %j', (license, allowed) => {
    expect(checkLicences([{ name: 'some', license }]).length === 0).toBe(allowed)
  })
})
