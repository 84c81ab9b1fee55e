import { CompileError, positionOf } from './compile-error.ts'
import type { ProjectFiles } from './project-files.ts'

/** Collects what is wrong in a project without stopping its compilation. */
export interface Problems {
  /**
   * Adds a problem of `file` at the first `needle` in it. `text` says what is wrong and what follows
   * from it; `unit` is the path of the page or component that it costs.
   */
  add(file: string, needle: string, text: string, unit?: string): void
  /** Returns the result, or on a CompileError adds it with its consequence and returns `fallback`. */
  attempt<Result>(run: () => Result, fallback: Result, consequence: string, unit?: string): Result
  /** Adds an error of the project's files. */
  addError(error: CompileError, consequence: string, unit?: string): void
  /** All messages, each once; they begin with `file:line:column`. */
  messages(): string[]
  /** Messages by the path of the page or component that they cost. */
  byUnit(): Record<string, string[]>
}

export const createProblems = (files: ProjectFiles): Problems => {
  const messages = new Set<string>()
  const byUnit: Record<string, string[]> = {}
  const keep = (message: string, unit: string | undefined): void => {
    if (messages.has(message)) return
    messages.add(message)
    if (unit !== undefined) byUnit[unit] = [...(byUnit[unit] ?? []), message]
  }
  const addError = (error: CompileError, consequence: string, unit?: string): void =>
    keep(consequence === '' ? error.message : `${error.message}; ${consequence}`, unit)
  return {
    add(file, needle, text, unit) {
      const { line, column } = positionOf(files.has(file) ? files.read(file) : '', needle)
      keep(`${file}:${line}:${column}: ${text}`, unit)
    },
    attempt(run, fallback, consequence, unit) {
      try {
        return run()
      } catch (error) {
        if (!(error instanceof CompileError)) throw error
        addError(error, consequence, unit)
        return fallback
      }
    },
    addError,
    messages: () => [...messages],
    byUnit: () => byUnit,
  }
}
