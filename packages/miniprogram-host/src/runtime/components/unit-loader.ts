import type { Bundle, Unit } from '../../compile/bundle.ts'
import type { ErrorReporter } from '../errors.ts'
import type { Modules } from '../loader/modules.ts'

/** Evaluates the scripts of pages and components when they are first needed. */
export interface UnitLoader {
  /** The page or component whose script is being evaluated. */
  current(): Unit | null
  /** To be called when it has registered itself. */
  registered(path: string): void
  /** Loads the pages of the main package. */
  loadMain(): void
  /** Loads a unit, and with it the subpackage that it is in. */
  load(path: string): void
  /** What is wrong with a page and the components that it uses; empty when nothing is. */
  faultsOf(path: string): string[]
}

interface Needs {
  bundle: Bundle
  errors: ErrorReporter
  modules: Pick<Modules, 'load' | 'evaluating'>
  /** Registers a unit without data and functions, so that its template can be shown. */
  registerEmpty(unit: Unit): void
}

export const createUnitLoader = ({ bundle, errors, modules, registerEmpty }: Needs): UnitLoader => {
  const byPath = new Map(bundle.units.map((unit) => [unit.path, unit] as const))
  const byScript = new Map(bundle.units.map((unit) => [unit.script, unit] as const))
  const loaded = new Set<string>()
  const registered = new Set<string>()
  const failures = new Map<string, string>()

  const packageOf = (path: string): string =>
    bundle.app.subpackages
      .filter((root) => path.startsWith(`${root}/`))
      .reduce((longest, root) => (root.length > longest.length ? root : longest), '')
  const run = (unit: Unit): void => {
    try {
      if (unit.script !== null) modules.load(unit.script)
      if (registered.has(unit.path)) return
      if (unit.script !== null) {
        throw new Error(`${unit.script}: neither Page() nor Component() was called`)
      }
    } catch (error) {
      const { message = String(error) } = error as Partial<Error>
      // The message of a syntax error names its place.
      const isPlaced = error instanceof SyntaxError
      failures.set(unit.path, isPlaced ? message : `${unit.script}: ${message}`)
      errors.report(error, unit.path)
    }
    if (!registered.has(unit.path)) registerEmpty(unit)
  }
  const loadOne = (path: string): void => {
    const unit = byPath.get(path)
    if (!unit || loaded.has(path)) return
    loaded.add(path)
    for (const used of dependenciesOf(unit)) loadOne(used)
    run(unit)
  }
  const loadPackage = (root: string): void => {
    for (const page of bundle.app.pages) {
      if (packageOf(page) === root) loadOne(page)
    }
  }
  const faultsOf = (path: string, seen = new Set<string>()): string[] => {
    const unit = byPath.get(path)
    if (!unit || seen.has(path)) return []
    seen.add(path)
    const failure = failures.get(path)
    const own = [...(bundle.faults[path] ?? []), ...(failure === undefined ? [] : [failure])]
    return [...own, ...usedBy(unit).flatMap((used) => faultsOf(used, seen))]
  }
  return {
    current() {
      const script = modules.evaluating.findLast((path) => byScript.has(path))
      return byScript.get(script ?? '') ?? null
    },
    registered: (path) => void registered.add(path),
    loadMain: () => loadPackage(''),
    load(path) {
      loadPackage(packageOf(path))
      loadOne(path)
    },
    faultsOf: (path) => faultsOf(path),
  }
}

const usedBy = ({ config }: Unit): string[] => {
  const generics = Object.values((config.componentGenerics ?? {}) as Record<string, unknown>)
  const defaults = generics.map((generic) => (generic as { default?: string } | null)?.default)
  const paths = [...Object.values(config.usingComponents), ...defaults]
  return paths.filter((path) => typeof path === 'string').map((path) => path.slice(1))
}

/** Components with a placeholder are loaded when they are first shown. */
const dependenciesOf = (unit: Unit): string[] => {
  const placeholders = Object.keys(
    (unit.config.componentPlaceholder ?? {}) as Record<string, unknown>,
  )
  const deferred = new Set(placeholders.map((tag) => unit.config.usingComponents[tag]?.slice(1)))
  return usedBy(unit).filter((path) => !deferred.has(path))
}
