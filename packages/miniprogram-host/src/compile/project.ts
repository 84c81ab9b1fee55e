import type { Bundle, Unit, UnitConfig } from './bundle.ts'
import { CompileError, positionOf } from './compile-error.ts'
import { measurePackages } from './package-size.ts'
import { readAppConfig, readProjectConfig, readTheme, subpackagesOf } from './project-config.ts'
import type { ProjectFiles } from './project-files.ts'
import { openProjectFiles, resolveFrom } from './project-files.ts'
import { compileScripts, findScript, scriptCandidates, scriptKey } from './scripts.ts'
import { compileStyle } from './styles.ts'
import { compileTemplates } from './templates.ts'

/** Compiles the mini-program in a project folder. Throws CompileError for an error in its files. */
export const compileProject = async (projectPath: string): Promise<Bundle> => {
  const project = readProjectConfig(projectPath)
  const files = openProjectFiles(project.root)
  const app = readAppConfig(files)
  const appScript = findScript(files, 'app')
  if (appScript === null) throw new CompileError('app.ts', 1, 1, 'file not found')

  const units = collectUnits(files, app.pages, record(app.raw.usingComponents))
  const paths = units.map((unit) => unit.path)
  const entries = [appScript, ...units.map((unit) => unit.source)]
  const scripts = await compileScripts(files, entries)
  const { templates, warnings } = compileTemplates(files, paths)
  const styles = Object.fromEntries(
    units.map((unit) => [unit.path, compileStyle(files, `${unit.path}.wxss`, unit.styleScope)]),
  )
  return {
    appId: project.appId,
    sdkVersion: project.sdkVersion,
    projectName: project.projectName,
    app,
    theme: readTheme(files, app),
    units: units.map(({ source, ...unit }) => ({ ...unit, script: scriptKey(source) })),
    scripts,
    templates,
    styles: { ...styles, app: compileStyle(files, 'app.wxss', null) },
    packageSizes: measurePackages({
      ...project,
      used: files.used,
      scripts,
      subpackageRoots: subpackagesOf(app.raw).map((subpackage) => subpackage.root),
    }),
    warnings,
  }
}

type FoundUnit = Omit<Unit, 'script'> & { source: string }

/** The pages and all components that they use, directly or indirectly, dependencies first. */
const collectUnits = (
  files: ProjectFiles,
  pages: string[],
  globalComponents: Record<string, unknown>,
): FoundUnit[] => {
  const units = new Map<string, FoundUnit>()
  const visiting = new Set<string>()
  const add = (path: string, component: boolean, namedIn: string): void => {
    if (visiting.has(path)) return
    visiting.add(path)
    const unit = readUnit(files, path, component, namedIn, globalComponents)
    for (const used of Object.values(unit.config.usingComponents)) {
      add(used.slice(1), true, `${path}.json`)
    }
    for (const fallback of genericDefaults(unit)) add(fallback, true, `${path}.json`)
    units.set(path, unit)
  }
  for (const page of pages) add(page, false, 'app.json')
  return [...units.values()]
}

const readUnit = (
  files: ProjectFiles,
  path: string,
  component: boolean,
  namedIn: string,
  globalComponents: Record<string, unknown>,
): FoundUnit => {
  const source = findScript(files, path)
  const missing = source === null ? 'ts' : files.has(`${path}.wxml`) ? null : 'wxml'
  if (missing !== null || source === null) {
    const { line, column } = positionOf(files.read(namedIn), path.split('/').at(-1) ?? path)
    throw new CompileError(namedIn, line, column, `${path}.${missing} is missing`)
  }
  const json = files.readJson(`${path}.json`)
  const isComponent = component || json.component === true
  const config: UnitConfig = {
    ...json,
    component: isComponent,
    ...styleOptions(files.read(source), json),
    usingComponents: {
      ...usedComponents(files, 'app.json', globalComponents),
      ...usedComponents(files, `${path}.json`, record(json.usingComponents)),
    },
  }
  const shared = ['shared', 'page-shared'].includes(String(config.styleIsolation))
  const styleScope = isComponent && !shared ? path.replace(/[^\w]/g, '-') : null
  return { path, component: isComponent, config, source, styleScope }
}

const STYLE_ISOLATION = /\bstyleIsolation['"]?\s*:\s*['"]([\w-]+)['"]/
const GLOBAL_CLASS = /\baddGlobalClass['"]?\s*:\s*(?:true|!0)/

/** Style options may be set in the script too, which does not run until styles are compiled. */
const styleOptions = (script: string, json: Record<string, unknown>): Record<string, unknown> => {
  const styleIsolation = json.styleIsolation ?? STYLE_ISOLATION.exec(script)?.[1]
  if (styleIsolation !== undefined) return { styleIsolation }
  return GLOBAL_CLASS.test(script) ? { addGlobalClass: true } : {}
}

const usedComponents = (
  files: ProjectFiles,
  namedIn: string,
  using: Record<string, unknown>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(using).map(([tag, target]) => {
      const written = String(target)
      const local = resolveFrom(namedIn, written)
      const candidates = [local, ...scriptCandidates(namedIn, written)]
      const found = candidates.find((path) => files.has(`${path}.wxml`))
      const asFolder = candidates.find((path) => files.has(`${path}/index.wxml`))
      return [tag, `/${found ?? (asFolder ? `${asFolder}/index` : local)}`]
    }),
  )

const genericDefaults = (unit: FoundUnit): string[] =>
  Object.values(record(unit.config.componentGenerics))
    .map((generic) => record(generic).default)
    .filter((path) => typeof path === 'string')
    .map((path) => resolveFrom(`${unit.path}.json`, path))

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
