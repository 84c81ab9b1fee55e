/** An error in the project's files; `message` begins with `file:line:column`. */
export class CompileError extends Error {
  readonly file: string
  readonly line: number
  readonly column: number

  /** `line` and `column` count from 1. */
  constructor(file: string, line: number, column: number, reason: string) {
    super(`${file}:${line}:${column}: ${reason}`)
    this.name = 'CompileError'
    this.file = file
    this.line = line
    this.column = column
  }
}

/** The 1-based position of the first `needle` in a text; the start of the text if absent. */
export const positionOf = (text: string, needle: string): { line: number; column: number } => {
  const before = text.slice(0, Math.max(text.indexOf(needle), 0)).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
