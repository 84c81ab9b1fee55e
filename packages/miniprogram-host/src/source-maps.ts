import type { SourceMapPayload } from 'node:module'
import { SourceMap } from 'node:module'
import type { CompiledScript } from './compile/bundle.ts'

/** A position in a compiled script: `miniprogram:` URL in Node, page server URL in a browser. */
const PLACE = /(?:miniprogram:\/\/\/|http:\/\/[\w.:]+\/miniprogram\/)([^\s:()?]+):(\d+)(?::(\d+))?/g

/** Rewrites the positions in a stack from compiled scripts to the project's sources. */
export const createStackMapper = (
  scripts: Record<string, CompiledScript>,
): ((stack: string) => string) => {
  const maps = new Map<string, SourceMap>()
  const mapOf = (path: string): SourceMap | null => {
    const script = scripts[path]
    if (!script || script.map === '') return null
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
