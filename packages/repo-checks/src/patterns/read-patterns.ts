import { parseSync, Visitor } from 'oxc-parser'

/** A regular expression in a source file; `flags` as written, `u` for a `pattern` of a JSON schema. */
export type Pattern = { line: number; source: string; flags: string }

/** Every regular expression of a TypeScript file that is written as a literal, or as `pattern: '…'`. */
export const readPatterns = (path: string, text: string): Pattern[] => {
  const { program, errors } = parseSync(path, text)
  const [error] = errors
  if (error) throw new Error(`${path}: ${error.message}`)
  const patterns: Pattern[] = []
  const add = (offset: number, source: string, flags: string) =>
    patterns.push({ line: text.slice(0, offset).split('\n').length, source, flags })

  new Visitor({
    Literal(node) {
      if ('regex' in node) add(node.start, node.regex.pattern, node.regex.flags)
    },
    Property({ key, value }) {
      const isPattern = key.type === 'Identifier' && key.name === 'pattern'
      if (!isPattern || value.type !== 'Literal' || typeof value.value !== 'string') return
      add(value.start, value.value, 'u')
    },
  }).visit(program)
  return patterns
}
