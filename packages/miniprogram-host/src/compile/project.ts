import { CUSTOM_TAB_BAR } from '../custom-tab-bar.ts'
import type { AppConfig, Bundle } from './bundle.ts'
import { CompileError } from './compile-error.ts'
import { addExtendedLibs } from './extended-libs.ts'
import { measurePackages } from './package-size.ts'
import type { Problems } from './problems.ts'
import { createProblems } from './problems.ts'
import { readAppConfig, readProjectConfig, readTheme } from './project-config.ts'
import type { ProjectFiles } from './project-files.ts'
import { openProjectFiles } from './project-files.ts'
import { compileScripts, findScript } from './scripts.ts'
import { compileStyle } from './styles.ts'
import { compileTemplates } from './templates.ts'
import type { FoundUnit } from './units.ts'
import { collectUnits } from './units.ts'
import { unknownTags } from './unknown-tags.ts'

/**
 * Compiles the mini-program in a project folder. Throws CompileError where nothing could run: without
 * a project, app.json, a page or an app script. Any other problem costs its page or tag only.
 */
export const compileProject = async (projectPath: string): Promise<Bundle> => {
  const project = readProjectConfig(projectPath)
  const files = openProjectFiles(project.root)
  const problems = createProblems(files)
  const app = readAppConfig(files, problems)
  const shared = addExtendedLibs(files, record(app.raw.useExtendedLib), problems)
  const appScript = findScript(files, 'app')
  if (appScript === null) throw new CompileError('app.ts', 1, 1, 'file not found')

  const units = collectUnits({
    files,
    problems,
    pages: app.pages,
    components: app.tabBar?.custom === true ? [CUSTOM_TAB_BAR] : [],
    globalComponents: record(app.raw.usingComponents),
  })
  const sources = units.map((unit) => unit.source).filter((source) => source !== null)
  const scripts = await compileScripts(files, [appScript, ...sources], problems)
  const templates = compileTemplates(
    files,
    units.map((unit) => unit.path),
    problems,
  )
  tellUnknownTags(files, units, problems)
  const styles = compileStyles(files, units, shared, problems)
  const theme = readTheme(files, app)
  const packageSizes = measurePackages({
    ...project,
    used: files.used,
    scripts,
    subpackageRoots: app.subpackages,
    problems,
  })
  return {
    appId: project.appId,
    sdkVersion: project.sdkVersion,
    projectName: project.projectName,
    app,
    theme,
    units: units.map(({ source, declaredTags, ...unit }) => unit),
    scripts,
    templates,
    styles,
    packageSizes,
    warnings: [...project.warnings, ...problems.messages()],
    faults: problems.byUnit(),
  }
}

const tellUnknownTags = (files: ProjectFiles, units: FoundUnit[], problems: Problems): void => {
  for (const unit of units) {
    const file = `${unit.path}.wxml`
    if (!files.has(file)) continue
    for (const tag of unknownTags(files.read(file), unit)) {
      problems.add(file, `<${tag}`, `<${tag}> is no component; it is drawn as a plain element`)
    }
  }
}

const compileStyles = (
  files: ProjectFiles,
  units: FoundUnit[],
  shared: string[],
  problems: Problems,
): Record<string, string> => {
  const compile = (file: string, scope: string | null, unit?: string): string =>
    compileStyle(files, file, scope, (file, needle, text) => problems.add(file, needle, text, unit))
  const ofUnits = units.map(({ path, styleScope }) => [
    path,
    compile(`${path}.wxss`, styleScope, path),
  ])
  const ofApp = [...shared, 'app.wxss'].map((file) => compile(file, null))
  return { ...Object.fromEntries(ofUnits), app: ofApp.join('\n') }
}

const record = (value: unknown): AppConfig['raw'] =>
  typeof value === 'object' && value !== null ? (value as AppConfig['raw']) : {}
