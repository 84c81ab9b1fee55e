import { expect, it } from 'vitest'
import { arrowsAsMarkdown, checkArchitecturePage } from '../src/arrows/architecture-page.ts'
import { checkArrows } from '../src/arrows/check-arrows.ts'
import { readImports } from '../src/arrows/read-imports.ts'
import type { ArrowTable } from '../src/arrows/table.ts'
import { API_ARROWS } from '../src/arrows/table.ts'

const check = (path: string, source: string) =>
  checkArrows([{ path, imports: readImports(path, source) }], API_ARROWS)

it.each([
  [
    'a missing arrow',
    'profile/routes.ts',
    "import { a } from '../push/handler.ts'",
    'profile → push',
  ],
  ['a type', 'audit/sql.ts', "import type { A } from '../users/user.ts'", 'audit → users'],
  ['a re-export', 'audit/sql.ts', "export { a } from '../users/user.ts'", 'audit → users'],
  ['a late import', 'audit/sql.ts', "const a = import('../users/user.ts')", 'audit → users'],
  [
    'infra',
    'infra/database/a.ts',
    "import type { A } from '../../users/user.ts'",
    'knows no feature',
  ],
  ['http', 'http/docs.ts', "import { a } from '../sessions/guard.ts'", 'knows no feature'],
  ['errors', 'errors/a.ts', "import { a } from '../infra/a.ts'", 'errors → infra'],
  ['a value of config', 'phone/sql.ts', "import { a } from '../config/env.ts'", 'except for types'],
  [
    'http in a service',
    'phone/service.ts',
    "import { a } from '../http/replies.ts'",
    'except from',
  ],
  ['the root', 'phone/routes.ts', "import { a } from '../server.ts'", 'puts the parts together'],
  ['cli', 'phone/routes.ts', "import { a } from '../cli/run.ts'", 'puts the parts together'],
  [
    'an unknown folder',
    'parking/routes.ts',
    "import { a } from '../users/user.ts'",
    'no folder parking',
  ],
  ['Fastify', 'phone/service.ts', "import type { A } from 'fastify'", 'know Fastify'],
  ['a plugin', 'phone/sql.ts', "import a from '@fastify/jwt'", 'know Fastify'],
  [
    'a result',
    'phone/service.ts',
    "import type { AResult } from '@oa/contracts'",
    'imports AResult',
  ],
  ['its pieces', 'phone/a.ts', "import type { SessionInfo } from '@oa/contracts'", 'SessionInfo'],
  ['its own routes', 'phone/service.ts', "import { a } from './routes.ts'", 'not know the wire'],
  [
    'a mapper',
    'phone/service.ts',
    "import { a } from '../users/user-info.ts'",
    'not know the wire',
  ],
  ['routes in a mapper', 'phone/a-result.ts', "import { a } from './routes.ts'", 'no Fastify'],
])('refuses %s', (_what, path, source, problem) => {
  expect(check(path, source)).toEqual([expect.stringContaining(problem)])
})

it('names the file, the line, what it imports and the arrow', () => {
  expect(check('users/sql.ts', "\nimport { a } from '../sessions/sql.ts'")).toEqual([
    'apps/api/src/users/sql.ts:2 imports sessions/sql.ts: no arrow users → sessions',
  ])
})

it.each([
  ['an arrow of the table', 'profile/routes.ts', "import { a } from '../users/user-info.ts'"],
  ['its own folder', 'phone/service.ts', "import { a } from './sql.ts'"],
  ['infra from a feature', 'users/sql.ts', "import { a } from '../infra/database/engine.ts'"],
  ['http from a guard', 'sessions/guard.ts', "import { a } from '../http/caller.ts'"],
  ['Fastify in a guard', 'sessions/guard.ts', "import fp from 'fastify-plugin'"],
  ['a type of config', 'phone/budget.ts', "import type { A } from '../config/load-config.ts'"],
  ['errno in a service', 'phone/service.ts', "import { ERRNO } from '@oa/contracts'"],
  ['a request in a service', 'phone/a.ts', "import type { ARequest } from '@oa/contracts'"],
  ['a result in a mapper', 'phone/a-result.ts', "import type { AResult } from '@oa/contracts'"],
  ['anything from the root', 'server.ts', "import { a } from './phone/service.ts'"],
  ['anything from cli', 'cli/user.ts', "import { a } from '../account/freeze.ts'"],
  ['a value of config in a test', 'phone/a.test.ts', "import { a } from '../config/env.ts'"],
])('allows %s', (_what, path, source) => {
  expect(check(path, source)).toEqual([])
})

it('has a table without circles', () => {
  const reach = (folder: string, seen: string[]): string[] =>
    seen.includes(folder)
      ? [...seen, folder]
      : (all[folder] ?? []).flatMap((target) => reach(target, [...seen, folder]))
  const all = { ...API_ARROWS.features, ...API_ARROWS.shared }

  for (const folder of Object.keys(all)) expect(reach(folder, [])).toEqual([])
})

it('accepts the page that lists exactly the arrows of the table', () => {
  const rows = arrowsAsMarkdown(API_ARROWS).split('\n')
  const page = `# Map\n\n${rows.join('\n')}\n\nMore text.\n`
  const more: ArrowTable = {
    ...API_ARROWS,
    features: { ...API_ARROWS.features, parking: ['users'] },
  }

  expect(checkArchitecturePage(page, API_ARROWS)).toEqual([])
  expect(checkArchitecturePage(page, more)).toEqual([
    expect.stringContaining('| parking | users |'),
  ])
  expect(checkArchitecturePage('# Map\n', API_ARROWS)).toHaveLength(rows.length)
})
