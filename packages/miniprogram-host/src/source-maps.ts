import type { SourceMapPayload } from 'node:module'
import { SourceMap } from 'node:module'
import { SCRIPT_SCHEME } from './backends/realm-scripts.ts'
import type { CompiledScript } from './compile/bundle.ts'

/** Rewrites places in compiled scripts, as stacks name them, to places in the project's sources. */
export const createStackMapper = (
  scripts: Record<string, CompiledScript>,
  base: string = SCRIPT_SCHEME,
): ((stack: string) => string) => {
  const maps = new Map<string, SourceMap>()
  const mapOf = (path: string): SourceMap | null => {
    const script = scripts[path]
    if (!script) return null
    const map = maps.get(path) ?? new SourceMap(JSON.parse(script.map) as SourceMapPayload)
    maps.set(path, map)
    return map
  }
  const place = new RegExp(`${literally(base)}([^\\s:()?]+):(\\d+):(\\d+)`, 'g')
  return (stack) =>
    stack.replace(place, (_whole, path: string, line: string, column: string) => {
      const entry = mapOf(path)?.findEntry(Number(line) - 1, Number(column) - 1)
      if (!entry || !('originalLine' in entry)) return `${path}:${line}:${column}`
      return `${entry.originalSource}:${entry.originalLine + 1}:${entry.originalColumn + 1}`
    })
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
