import { parseSync } from 'oxc-parser'

export type Import = {
  /** As written: `../users/sql.ts` or `fastify`. */
  specifier: string
  line: number
  typeOnly: boolean
  /** The imported names; `*` for all of a module. */
  names: string[]
}

/** Every import of a TypeScript file: static, dynamic and re-exported, of types and of values. */
export const readImports = (path: string, source: string): Import[] => {
  const { module, errors } = parseSync(path, source)
  const [error] = errors
  if (error) throw new Error(`${path}: ${error.message}`)
  const lineAt = (offset: number) => source.slice(0, offset).split('\n').length

  const statics = module.staticImports.map(({ start, moduleRequest, entries }) => ({
    specifier: moduleRequest.value,
    line: lineAt(start),
    typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
    names: entries.map(({ importName }) => nameOf(importName)),
  }))
  const reExports = module.staticExports.flatMap(({ start, entries }) =>
    entries.flatMap(({ moduleRequest, isType, importName }) =>
      moduleRequest === null
        ? []
        : {
            specifier: moduleRequest.value,
            line: lineAt(start),
            typeOnly: isType,
            names: [nameOf(importName)],
          },
    ),
  )
  const dynamics = module.dynamicImports.map(({ start, moduleRequest }) => ({
    // Without its quotes.
    specifier: source.slice(moduleRequest.start + 1, moduleRequest.end - 1),
    line: lineAt(start),
    typeOnly: false,
    names: ['*'],
  }))
  return [...statics, ...reExports, ...dynamics]
}

const nameOf = ({ kind, name }: { kind: string; name: string | null }) =>
  kind === 'Default' ? 'default' : (name ?? '*')
