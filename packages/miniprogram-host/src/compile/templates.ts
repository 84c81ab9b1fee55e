import { TmplGroup } from 'glass-easel-template-compiler'
import { CompileError, positionOf } from './compile-error.ts'
import type { Problems } from './problems.ts'
import type { ProjectFiles } from './project-files.ts'
import { readWxs, WXS_EVENTS, WXS_GLOBALS } from './wxs.ts'

interface Diagnostic {
  isError: boolean
  message: string
  startLine: number
  startColumn: number
}

/**
 * Compiles the WXML and WXS of units and all imports into one JavaScript expression. A template that
 * is absent is empty, one that is broken lacks what is broken.
 */
export const compileTemplates = (
  files: ProjectFiles,
  units: string[],
  problems: Problems,
): string => {
  const group = new TmplGroup()
  group.setExtraRuntimeScript(WXS_GLOBALS + WXS_EVENTS)
  try {
    const compiler = createCompiler(group, files, problems)
    for (const unit of units) compiler.addTemplate(unit, unit)
    return group.getTmplGenObjectGroups()
  } finally {
    group.free()
  }
}

const createCompiler = (group: TmplGroup, files: ProjectFiles, problems: Problems) => {
  const seen = new Set<string>()

  const addScripts = (named: string[], namedIn: string, unit: string): void => {
    for (const path of named) {
      const file = path.endsWith('.wxs') ? path : `${path}.wxs`
      if (seen.has(file)) continue
      seen.add(file)
      if (!files.has(file)) {
        problems.add(
          namedIn,
          lastOf(path),
          `${file} is not there; its functions give nothing`,
          unit,
        )
      }
      const source = files.has(file) ? files.read(file) : ''
      const { code, required } = wxs(source, file, unit)
      group.addScript(path, code)
      addScripts(required, file, unit)
    }
  }
  const wxs = (source: string, file: string, unit: string, firstLine?: number) =>
    problems.attempt(
      () => readWxs(source, file, firstLine),
      { code: '', required: [] },
      'its functions give nothing',
      unit,
    )
  /** Inline scripts of a template may require other WXS files. */
  const addInlineScripts = (path: string, text: string, unit: string): void => {
    const file = `${path}.wxml`
    for (const name of strings(group.getInlineScriptModuleNames(path))) {
      const source = group.getInlineScript(path, name)
      const { line } = positionOf(text, source)
      const { code, required } = wxs(source, file, unit, line)
      group.setInlineScript(path, name, code)
      addScripts(required, file, unit)
    }
  }
  const addTemplate = (path: string, unit: string): void => {
    if (seen.has(path)) return
    seen.add(path)
    const file = `${path}.wxml`
    const text = files.has(file) ? files.read(file) : ''
    parseTemplate(group, path, text, problems, unit)
    for (const imported of strings(group.getDirectDependencies(path))) {
      if (!files.has(`${imported}.wxml`)) {
        problems.add(
          file,
          lastOf(imported),
          `${imported}.wxml is not there; what it is imported for draws nothing`,
          unit,
        )
      }
      addTemplate(imported, unit)
    }
    addInlineScripts(path, text, unit)
    addScripts(strings(group.getScriptDependencies(path)), file, unit)
  }
  return { addTemplate }
}

/** The compiler goes on after an error, so that the template lacks only what is broken. */
const parseTemplate = (
  group: TmplGroup,
  path: string,
  text: string,
  problems: Problems,
  unit: string,
): void => {
  const file = `${path}.wxml`
  const diagnostics = group.addTmpl(path, text) as Diagnostic[]
  const first = diagnostics.find(({ isError }) => isError)
  for (const found of diagnostics) {
    const { isError, message, startLine, startColumn } = found
    const problem = new CompileError(file, startLine + 1, startColumn + 1, message)
    if (found === first) problems.addError(problem, 'what is broken is left out', unit)
    // Those that follow are most often about the same place.
    else if (!isError) problems.addError(problem, '')
  }
}

const lastOf = (path: string): string => path.split('/').at(-1) ?? path

const strings = (list: unknown[]): string[] => list.map(String)
