import type { Unit, UnitConfig } from './bundle.ts'
import type { Problems } from './problems.ts'
import type { ProjectFiles } from './project-files.ts'
import { resolveFrom } from './project-files.ts'
import { findScript, scriptCandidates, scriptKey } from './scripts.ts'

export interface FoundUnit extends Unit {
  source: string | null
  /** Tags that it names in "usingComponents", also those whose component is not there. */
  declaredTags: string[]
}

interface Project {
  files: ProjectFiles
  problems: Problems
  /** Paths of pages, and of components that no page names. */
  pages: string[]
  components: string[]
  /** `usingComponents` of app.json. */
  globalComponents: Record<string, unknown>
}

/** The pages and all components that they use, directly or indirectly, dependencies first. */
export const collectUnits = (project: Project): FoundUnit[] => {
  const units = new Map<string, FoundUnit>()
  const visiting = new Set<string>()
  const shared = usedComponents(project, 'app.json', project.globalComponents)
  const add = (path: string, component: boolean, namedIn: string): void => {
    if (visiting.has(path)) return
    visiting.add(path)
    const unit = readUnit(project, path, component, namedIn, shared)
    for (const used of [...Object.values(unit.config.usingComponents), ...genericDefaults(unit)]) {
      add(used.slice(1), true, `${path}.json`)
    }
    units.set(path, unit)
  }
  for (const page of project.pages) add(page, false, 'app.json')
  for (const component of project.components) add(component, true, 'app.json')
  return [...units.values()]
}

const readUnit = (
  project: Project,
  path: string,
  component: boolean,
  namedIn: string,
  shared: Record<string, string>,
): FoundUnit => {
  const { files, problems } = project
  const source = findScript(files, path)
  const missing = (extension: string, consequence: string) =>
    problems.add(
      namedIn,
      path.split('/').at(-1) ?? path,
      `${path}.${extension} is missing; ${consequence}`,
      path,
    )
  if (source === null) missing('js', 'there is no data and no function')
  if (!files.has(`${path}.wxml`)) missing('wxml', 'it stays empty')
  const sheet = PREPROCESSED.find(
    ([extension]) => !files.has(`${path}.wxss`) && files.has(`${path}.${extension}`),
  )
  if (sheet) {
    const [extension, language] = sheet
    const reason = `${language} is not compiled by miniprogram-host; build ${path}.wxss from it`
    problems.add(`${path}.${extension}`, '', `${reason}, or there are no styles`, path)
  }
  const json = problems.attempt(
    () => files.readJson(`${path}.json`),
    {},
    'the file is ignored',
    path,
  )
  const isComponent = component || json.component === true
  const config: UnitConfig = {
    ...json,
    component: isComponent,
    ...styleOptions(source === null ? '' : files.read(source), json),
    usingComponents: {
      ...shared,
      ...usedComponents(project, `${path}.json`, record(json.usingComponents), path),
    },
    componentGenerics: generics(project, path, record(json.componentGenerics)),
  }
  const isShared = ['shared', 'page-shared'].includes(String(config.styleIsolation))
  const styleScope = isComponent && !isShared ? path.replace(/[^\w]/g, '-') : null
  const script = source === null ? null : scriptKey(source)
  const declaredTags = Object.keys({
    ...project.globalComponents,
    ...record(json.usingComponents),
  })
  return { path, component: isComponent, config, source, script, styleScope, declaredTags }
}

/** Style sheets that DevTools compiles with its plugins. */
const PREPROCESSED = [
  ['less', 'Less'],
  ['scss', 'Sass'],
  ['sass', 'Sass'],
] as const

const STYLE_ISOLATION = /\bstyleIsolation['"]?\s*:\s*['"]([\w-]+)['"]/
const GLOBAL_CLASS = /\baddGlobalClass['"]?\s*:\s*(?:true|!0)/

/** Style options may be set in the script too, which does not run until styles are compiled. */
const styleOptions = (script: string, json: Record<string, unknown>): Record<string, unknown> => {
  const styleIsolation = json.styleIsolation ?? STYLE_ISOLATION.exec(script)?.[1]
  if (styleIsolation !== undefined) return { styleIsolation }
  return GLOBAL_CLASS.test(script) ? { addGlobalClass: true } : {}
}

/** Paths with a leading slash by tag. A component that is not there costs its tag. */
const usedComponents = (
  { files, problems }: Project,
  namedIn: string,
  using: Record<string, unknown>,
  unit?: string,
): Record<string, string> => {
  const found: Record<string, string> = {}
  for (const [tag, target] of Object.entries(using)) {
    const written = String(target)
    const path = findComponent(files, namedIn, written)
    if (path !== null) found[tag] = `/${path}`
    else {
      const reason = isForeign(written)
        ? `plugins are not supported by miniprogram-host (${written})`
        : `component ${written} is not there`
      problems.add(namedIn, written, `${reason}; <${tag}> draws its content only`, unit)
    }
  }
  return found
}

const isForeign = (target: string): boolean => /^[\w-]+:\/\//.test(target)

const findComponent = (files: ProjectFiles, namedIn: string, written: string): string | null => {
  if (isForeign(written)) return null
  const bases = [resolveFrom(namedIn, written), ...scriptCandidates(namedIn, written)]
  const candidates = bases.flatMap((base) => [base, `${base}/index`])
  return (
    candidates.find((path) => files.has(`${path}.wxml`)) ??
    bases.find((path) => findScript(files, path) !== null && files.has(`${path}.json`)) ??
    null
  )
}

const generics = (
  { files, problems }: Project,
  path: string,
  declared: Record<string, unknown>,
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(declared).map(([name, generic]) => {
      const written = record(generic).default
      if (typeof written !== 'string') return [name, generic]
      const found = findComponent(files, `${path}.json`, written)
      if (found !== null) return [name, { default: `/${found}` }]
      problems.add(
        `${path}.json`,
        written,
        `component ${written} is not there; generic ${name} has no default`,
        path,
      )
      return [name, true]
    }),
  )

const genericDefaults = (unit: FoundUnit): string[] =>
  Object.values(record(unit.config.componentGenerics))
    .map((generic) => record(generic).default)
    .filter((path) => typeof path === 'string')

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
