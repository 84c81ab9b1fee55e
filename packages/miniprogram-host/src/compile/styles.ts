import { toCssLengths } from '../css-lengths.ts'
import type { ProjectFiles } from './project-files.ts'
import { resolveFrom } from './project-files.ts'
import { rewriteSelector } from './style-selectors.ts'

const IMPORT = /@import\s+(?:url\()?\s*["']([^"']+)["']\s*\)?\s*;?/g
const COMMENT = /\/\*[\s\S]*?\*\//g

/** Told of a problem in a file, at the first `needle` in it. */
type StyleProblem = (file: string, needle: string, text: string) => void

/**
 * Compiles a WXSS file with its imports inlined to CSS; '' when the file does not exist. Imports that
 * do not exist are left out.
 */
export const compileStyle = (
  files: ProjectFiles,
  file: string,
  scope: string | null,
  tell: StyleProblem = () => undefined,
): string => {
  if (!files.has(file)) return ''
  const seen = new Set<string>()
  const inline = (from: string): string => {
    if (seen.has(from)) return ''
    seen.add(from)
    const text = files.read(from)
    const brace = strayBrace(text)
    if (brace !== null) {
      tell(from, text.slice(brace), `"${text[brace]}" has no counterpart; rules around it are lost`)
    }
    const source = text.replace(COMMENT, '')
    return source.replace(IMPORT, (_match, target: string) => {
      const path = resolveFrom(from, target)
      const imported = path.endsWith('.wxss') ? path : `${path}.wxss`
      if (files.has(imported)) return inline(imported)
      tell(from, target, `style ${target} is not there; its rules are missing`)
      return ''
    })
  }
  return rewriteRules(toCssLengths(inline(file)), scope)
}

/** Position of the first brace without counterpart, outside strings and comments; null for none. */
const strayBrace = (css: string): number | null => {
  const masked = css.replace(COMMENT, (comment) => ' '.repeat(comment.length))
  const open: number[] = []
  for (let index = 0; index < masked.length; index += 1) {
    const char = masked[index]
    if (char === '"' || char === "'") index = endOfString(masked, index)
    else if (char === '{') open.push(index)
    else if (char === '}' && open.pop() === undefined) return index
  }
  return open[0] ?? null
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
