/** Quoted text and comments, within which a semicolon ends nothing; then the semicolon itself. */
const TOKEN =
  /'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`(?:[^`]|``)*`|\/\*[\s\S]*?\*\/|(?:--[ \t]|#)[^\n]*|--\n|;/g

/**
 * The statements of a MySQL script without its comments. Understands quotes; stored programs, which
 * hold semicolons of their own, are beyond it.
 */
export const splitStatements = (script: string): string[] => {
  const statements: string[] = []
  let current = ''
  let position = 0
  const flush = () => {
    if (current.trim() !== '') statements.push(current.trim())
    current = ''
  }

  for (const { 0: token, index } of script.matchAll(TOKEN)) {
    current += script.slice(position, index)
    position = index + token.length
    if (token === ';') flush()
    else if (!/^(?:--|#|\/\*)/.test(token)) current += token
  }
  current += script.slice(position)
  flush()

  return statements
}
