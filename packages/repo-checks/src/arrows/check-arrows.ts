import { posix } from 'node:path'
import type { Import } from './read-imports.ts'
import { isContracts, isFastify, isForServices, roleOf } from './roles.ts'
import type { ArrowTable } from './table.ts'

/** A file, by its path in `apps/api/src`, and what it imports. */
export type SourceFile = { path: string; imports: Import[] }

/** One sentence for each import that no arrow allows, with the arrow that is missing. */
export const checkArrows = (files: SourceFile[], table: ArrowTable): string[] =>
  files.flatMap(({ path, imports }) =>
    imports.flatMap((one) => {
      const problem = isRelative(one.specifier)
        ? wrongFolder(path, one, table)
        : wrongPackage(path, one, table)
      return problem === null ? [] : [`apps/api/src/${path}:${one.line} ${problem}`]
    }),
  )

const isRelative = (specifier: string) => specifier.startsWith('.')

/** The folder below `src`; null for the files directly in it. */
const folderOf = (path: string) => (path.includes('/') ? (path.split('/')[0] ?? null) : null)

const wrongFolder = (path: string, one: Import, table: ArrowTable): string | null => {
  const target = posix.join(posix.dirname(path), one.specifier)
  const [from, to] = [folderOf(path), folderOf(target)]
  if (from === null || table.composition.includes(from)) return null
  if (to === null || table.composition.includes(to))
    return `imports ${target}, which puts the parts together: only main.ts, server.ts and their like may`
  const arrow = from === to ? null : wrongArrow({ path, from, to, target }, one, table)
  return arrow ?? (from in table.features && to in table.features ? wrongRole(path, target) : null)
}

type Arrow = { path: string; from: string; to: string; target: string }

const wrongArrow = (
  { path, from, to, target }: Arrow,
  { typeOnly }: Import,
  { features, shared, sharedForFeatures }: ArrowTable,
): string | null => {
  const missing = `imports ${target}: no arrow ${from} → ${to}`
  const fromShared = shared[from]
  if (fromShared) {
    if (to in features) return `${missing}; ${from} knows no feature`
    return fromShared.includes(to) ? null : missing
  }
  const fromFeature = features[from]
  if (!fromFeature) return `imports ${target}, but the table of arrows has no folder ${from}`
  if (fromFeature.includes(to)) return null

  const role = roleOf(path)
  switch (sharedForFeatures[to]) {
    case 'always':
      return null
    case 'types only':
      return typeOnly || role === 'test' ? null : `${missing}, except for types`
    case 'from HTTP files':
      return role === 'http' || role === 'test' ? null : `${missing}, except from routes and guards`
    default:
      return missing
  }
}

/** Within the arrows, services still know nothing of the wire. */
const wrongRole = (path: string, target: string): string | null => {
  const [from, to] = [roleOf(path), roleOf(target)]
  if (from === 'service' && (to === 'http' || to === 'mapper'))
    return `imports ${target}: a service does not know the wire, only routes and guards do`
  return from === 'mapper' && to === 'http' ? `imports ${target}: a mapper knows no Fastify` : null
}

const wrongPackage = (path: string, one: Import, { features }: ArrowTable): string | null => {
  const folder = folderOf(path)
  if (folder === null || !(folder in features)) return null
  const role = roleOf(path)
  if (role === 'http' || role === 'test') return null
  if (isFastify(one.specifier))
    return `imports ${one.specifier}: only routes and guards know Fastify`
  if (role === 'mapper' || !isContracts(one.specifier)) return null
  const shapes = one.names.filter((name) => !isForServices(name))
  return shapes.length === 0
    ? null
    : `imports ${shapes.join(', ')} of ${one.specifier}: a service takes and returns domain types, routes and *-result.ts files turn them into answers`
}
