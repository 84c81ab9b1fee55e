import { toCssLengths } from '../css-lengths.ts'
import type { ProjectFiles } from './project-files.ts'
import { resolveFrom } from './project-files.ts'
import { rewriteSelector } from './style-selectors.ts'

const IMPORT = /@import\s+(?:url\()?\s*["']([^"']+)["']\s*\)?\s*;?/g
const COMMENT = /\/\*[\s\S]*?\*\//g

/**
 * Compiles a WXSS file with its imports inlined to CSS; '' when the file does not exist. `onMissing`
 * is told of imports that do not exist, which are left out.
 */
export const compileStyle = (
  files: ProjectFiles,
  file: string,
  scope: string | null,
  onMissing: (file: string, target: string) => void = () => undefined,
): string => {
  if (!files.has(file)) return ''
  const seen = new Set<string>()
  const inline = (from: string): string => {
    if (seen.has(from)) return ''
    seen.add(from)
    const source = files.read(from).replace(COMMENT, '')
    return source.replace(IMPORT, (_match, target: string) => {
      const path = resolveFrom(from, target)
      const imported = path.endsWith('.wxss') ? path : `${path}.wxss`
      if (files.has(imported)) return inline(imported)
      onMissing(from, target)
      return ''
    })
  }
  return rewriteRules(toCssLengths(inline(file)), scope)
}

/** Rewrites the selectors of all rules; declarations and at-rules without rules are kept. */
const rewriteRules = (css: string, scope: string | null): string => {
  let out = ''
  let index = 0
  while (index < css.length) {
    const open = findOutsideStrings(css, '{', index)
    const statementEnd = findOutsideStrings(css, ';', index)
    if (open < 0) return out + css.slice(index)
    if (statementEnd >= 0 && statementEnd < open) {
      out += css.slice(index, statementEnd + 1)
      index = statementEnd + 1
      continue
    }
    const close = matchingBrace(css, open)
    const prelude = css.slice(index, open)
    const body = css.slice(open + 1, close)
    out += `${rewritePrelude(prelude, scope)}{${holdsRules(prelude) ? rewriteRules(body, scope) : body}}`
    index = close + 1
  }
  return out
}

const holdsRules = (prelude: string): boolean =>
  /^\s*@(media|supports|layer|container)/.test(prelude)

const rewritePrelude = (prelude: string, scope: string | null): string =>
  prelude.trimStart().startsWith('@') ? prelude : rewriteSelector(prelude, scope)

const matchingBrace = (css: string, open: number): number => {
  let depth = 0
  for (let index = open; index < css.length; index += 1) {
    const char = css[index]
    if (char === '"' || char === "'") index = endOfString(css, index)
    else if (char === '{') depth += 1
    else if (char === '}') {
      depth -= 1
      if (depth === 0) return index
    }
  }
  return css.length
}

const findOutsideStrings = (css: string, wanted: string, from: number): number => {
  for (let index = from; index < css.length; index += 1) {
    const char = css[index]
    if (char === '"' || char === "'") index = endOfString(css, index)
    else if (char === wanted) return index
  }
  return -1
}

const endOfString = (css: string, start: number): number => {
  for (let index = start + 1; index < css.length; index += 1) {
    if (css[index] === '\\') index += 1
    else if (css[index] === css[start]) return index
  }
  return css.length
}
