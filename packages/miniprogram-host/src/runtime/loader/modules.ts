import { HIDDEN_GLOBALS, PROVIDED_GLOBALS } from './parameters.ts'

type ModuleFunction = (...parameters: unknown[]) => void

/** The mini-program's CommonJS modules, each evaluated once, when first required. */
export interface Modules {
  define(path: string, run: ModuleFunction): void
  load(path: string): unknown
  /** Paths of the modules that are being evaluated, the innermost last. */
  evaluating: string[]
}

/** `globals` has the values of PROVIDED_GLOBALS and is read when a module is evaluated. */
export const createModules = (globals: Record<string, unknown>): Modules => {
  const definitions = new Map<string, ModuleFunction>()
  const loaded = new Map<string, { exports: unknown }>()
  const evaluating: string[] = []

  const resolve = (from: string, specifier: string): string => {
    const found = candidatePaths(from, specifier).find((path) => definitions.has(path))
    if (found !== undefined) return found
    const path = candidatePaths(from, specifier)[0] ?? specifier
    throw new Error(`module '${path}' is not defined, require args is '${specifier}'`)
  }
  const requireFrom = (from: string) => {
    const now = (specifier: string): unknown => load(resolve(from, specifier))
    const later = (specifier: string) => Promise.resolve().then(() => now(specifier))
    const require = (specifier: string, onLoaded?: unknown, onFailed?: unknown): unknown => {
      if (typeof onLoaded !== 'function') return now(specifier)
      const fail = (error: Error): void => {
        if (typeof onFailed !== 'function') throw error
        onFailed({ errMsg: error.message, mod: specifier })
      }
      void later(specifier).then((exports) => void onLoaded(exports), fail)
      return undefined
    }
    return Object.assign(require, { async: later })
  }
  const load = (path: string): unknown => {
    const known = loaded.get(path)
    if (known) return known.exports
    const run = definitions.get(path)
    if (!run) throw new Error(`module '${path}' is not defined`)
    const module = { exports: {} as unknown }
    loaded.set(path, module)
    evaluating.push(path)
    try {
      run.call(undefined, requireFrom(path), module, module.exports, ...provided(globals))
    } catch (error) {
      loaded.delete(path)
      throw error
    } finally {
      evaluating.pop()
    }
    return module.exports
  }
  return { define: (path, run) => void definitions.set(path, run), load, evaluating }
}

const provided = (globals: Record<string, unknown>): unknown[] => [
  ...PROVIDED_GLOBALS.map((name) => globals[name]),
  ...HIDDEN_GLOBALS.map(() => undefined),
]

/** WeChat's candidates for a module: the file, then index.js of the folder, for each base path. */
const candidatePaths = (from: string, specifier: string): string[] =>
  basePaths(from, specifier).flatMap((base) => {
    const file = base.replace(/\.js$/, '')
    return [`${file}.js`, `${base}/index.js`]
  })

const basePaths = (from: string, specifier: string): string[] => {
  const folder = from.split('/').slice(0, -1)
  if (specifier.startsWith('/')) return [join([], specifier)]
  if (specifier.startsWith('.')) return [join(folder, specifier)]
  const packages = folder
    .map((_name, depth) => folder.slice(0, folder.length - depth))
    .concat([[]])
    .map((parent) => join([...parent, 'miniprogram_npm'], specifier))
  // WeChat's compiler emits require('@babel/runtime/…') for modules beside app.js.
  return [join(folder, specifier), ...packages]
}

/** Joins a relative path to a folder. One that leaves the root keeps its `..`: no such module. */
export const join = (folder: string[], relative: string): string => {
  const segments = [...folder]
  for (const segment of relative.split('/')) {
    if (segment === '' || segment === '.') continue
    if (segment === '..' && segments.length > 0 && segments.at(-1) !== '..') segments.pop()
    else segments.push(segment)
  }
  return segments.join('/')
}
