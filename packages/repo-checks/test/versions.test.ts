import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const read = (path: string) => readFileSync(ROOT + path, 'utf8')

/** The oldest Node.js that is promised to work. */
const FLOOR = [20, 19] as const

/** They ask for Node.js 22; what is used of them works on 20, on which the tests run. */
const TOLERATED = [
  // Of Prisma's command line, which does not start it here.
  '@prisma/streams-local@0.1.11',
  // Of @fastify/static, for downloads; here it serves the pages of the documentation.
  'content-disposition@3.0.0',
  // Of light-my-request, for cookies; no request here has any.
  'cookie@2.0.2',
]

/** Older ones have known holes. */
const FLOORS: Record<string, readonly [major: number, minor: number]> = {
  // CVE-2026-34950: up to 6.1 a public key could pass as the secret of HS256.
  'fast-jwt': [6, 2],
}

type Package = { name: string; version: string; node: string | undefined }

const readPackages = (): Package[] => {
  const section = /^packages:\n(.*?)^snapshots:/ms.exec(read('pnpm-lock.yaml'))?.[1] ?? ''
  return section.split(/\n\n/).flatMap((entry) => {
    const [, name = '', version = ''] = /^\s*'?((?:@[^/]+\/)?[^@']+)@([^:'(]+)/.exec(entry) ?? []
    if (name === '') return []
    const node = /engines: \{.*?node: (?:'([^']+)'|([^,}]+))/.exec(entry)
    return [{ name, version, node: node?.[1] ?? node?.[2] }]
  })
}

/** Whether one of the alternatives of a range includes the floor. */
const includesFloor = (range: string) =>
  range.split('||').some((alternative) =>
    [...alternative.matchAll(/([<>=^~]*)\s*v?(\d+)(?:\.(\d+))?(?:\.[\dx*]+)*/g)].every(
      ([, operator = '', major = '', minor = '0']) => {
        const difference = FLOOR[0] - Number(major) || FLOOR[1] - Number(minor)
        if (operator.startsWith('>')) return difference >= 0
        if (operator.startsWith('<')) return difference < 0
        return Number(major) === FLOOR[0] && difference >= 0
      },
    ),
  )

const packages = readPackages()

it.each([
  ['>=20', true],
  ['^20.19.0 || >=22.12.0', true],
  ['20.x || 22.x', true],
  ['>= 0.4', true],
  ['>=18 <21', true],
  ['>=22', false],
  ['^20.20', false],
  ['^18.18.0 || >=21.1.0', false],
  ['>=16 <20', false],
])('a package for Node.js %s runs on the promised one: %s', (range, expected) => {
  expect(includesFloor(range)).toBe(expected)
})

it('every package in the lock file runs on the oldest Node.js that is promised', () => {
  expect(packages.length).toBeGreaterThan(300)
  const refusing = packages.filter(({ node }) => node !== undefined && !includesFloor(node))

  expect(refusing.map(({ name, version }) => `${name}@${version}`).sort()).toEqual(TOLERATED)
})

it('no package is older than the release that closed a known hole', () => {
  for (const [name, [major, minor]] of Object.entries(FLOORS)) {
    const found = packages.filter((one) => one.name === name)
    expect(found.length, name).toBeGreaterThan(0)
    for (const { version } of found) {
      const [ownMajor = 0, ownMinor = 0] = version.split('.').map(Number)
      expect(ownMajor - major || ownMinor - minor, `${name} ${version}`).toBeGreaterThanOrEqual(0)
    }
  }
})

it('the pages, .nvmrc and package.json name the same Node.js', () => {
  const floor = FLOOR.join('.')
  expect(JSON.parse(read('package.json')).engines).toEqual({ node: `>=${floor}` })
  expect(read('.nvmrc').trim()).toBe(String(FLOOR[0]))
  for (const page of ['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md']) {
    expect(read(page), page).toMatch(new RegExp(`Node\\.js ${floor}`))
  }
  expect(read('.github/renovate.json')).toContain(`"node": "${floor}.x"`)
})
