import type { SourceMapPayload } from 'node:module'
import { SourceMap } from 'node:module'
import type { CompiledScript } from './compile/bundle.ts'

/** A compiled script's place in a stack: under its scheme in Node, at the page server in a browser. */
const PLACE = /(?:miniprogram:\/\/\/|http:\/\/[\w.:]+\/miniprogram\/)([^\s:()?]+):(\d+)(?::(\d+))?/g

/** Rewrites places in compiled scripts, as stacks name them, to places in the project's sources. */
export const createStackMapper = (
  scripts: Record<string, CompiledScript>,
): ((stack: string) => string) => {
  const maps = new Map<string, SourceMap>()
  const mapOf = (path: string): SourceMap | null => {
    const script = scripts[path]
    if (!script) return null
    const map = maps.get(path) ?? new SourceMap(JSON.parse(script.map) as SourceMapPayload)
    maps.set(path, map)
    return map
  }
  return (stack) =>
    stack.replace(PLACE, (_whole, path: string, line: string, column = '1') => {
      const entry = mapOf(path)?.findEntry(Number(line) - 1, Number(column) - 1)
      if (!entry || !('originalLine' in entry)) return `${path}:${line}:${column}`
      return `${entry.originalSource}:${entry.originalLine + 1}:${entry.originalColumn + 1}`
    })
}
