import { TmplGroup } from 'glass-easel-template-compiler'
import { CompileError } from './compile-error.ts'
import type { ProjectFiles } from './project-files.ts'
import { resolveFrom } from './project-files.ts'

interface Diagnostic {
  isError: boolean
  message: string
  startLine: number
  startColumn: number
}

const WXS_REQUIRE = /\brequire\(\s*(["'])([^"'\n]+)\1\s*\)/g

// https://developers.weixin.qq.com/miniprogram/dev/reference/wxs/07basiclibrary.html
const WXS_GLOBALS =
  'var getRegExp=function(pattern,flags){return new RegExp(pattern,flags)};' +
  'var getDate=function(...parts){return new Date(...parts)};'

/** Compiles the WXML and WXS of units and all imports into one JavaScript expression. */
export const compileTemplates = (
  files: ProjectFiles,
  paths: string[],
): { templates: string; warnings: string[] } => {
  const group = new TmplGroup()
  group.setExtraRuntimeScript(WXS_GLOBALS)
  try {
    const warnings: string[] = []
    const seen = new Set<string>()
    const add = (path: string): void => {
      if (seen.has(path)) return
      seen.add(path)
      warnings.push(...addTemplate(group, files, path))
      for (const dependency of strings(group.getDirectDependencies(path))) add(dependency)
      addInlineWxs(group, files, path, seen)
      for (const script of strings(group.getScriptDependencies(path))) {
        addWxs(group, files, script, seen)
      }
    }
    for (const path of paths) add(path)
    return { templates: group.getTmplGenObjectGroups(), warnings }
  } finally {
    group.free()
  }
}

const addTemplate = (group: TmplGroup, files: ProjectFiles, path: string): string[] => {
  const file = `${path}.wxml`
  const diagnostics = group.addTmpl(path, files.read(file)) as Diagnostic[]
  const place = (found: Diagnostic) => [found.startLine + 1, found.startColumn + 1] as const
  const fault = diagnostics.find((diagnostic) => diagnostic.isError)
  if (fault) throw new CompileError(file, ...place(fault), fault.message)
  return diagnostics.map((found) => `${file}:${place(found).join(':')}: ${found.message}`)
}

const addWxs = (group: TmplGroup, files: ProjectFiles, path: string, seen: Set<string>): void => {
  const file = path.endsWith('.wxs') ? path : `${path}.wxs`
  if (seen.has(file)) return
  seen.add(file)
  const { code, required } = readWxs(files.read(file), file)
  group.addScript(path, code)
  for (const dependency of required) addWxs(group, files, dependency, seen)
}

/** Inline scripts of a template may require other WXS files. */
const addInlineWxs = (
  group: TmplGroup,
  files: ProjectFiles,
  path: string,
  seen: Set<string>,
): void => {
  for (const name of strings(group.getInlineScriptModuleNames(path))) {
    const { code, required } = readWxs(group.getInlineScript(path, name), path)
    group.setInlineScript(path, name, code)
    for (const dependency of required) addWxs(group, files, dependency, seen)
  }
}

/**
 * The compiler names modules without `.wxs`, so `require` calls must do the same. In WXS,
 * `constructor` is the name of the type as a string.
 * https://developers.weixin.qq.com/miniprogram/dev/reference/wxs/06datatype.html
 */
const readWxs = (source: string, file: string): { code: string; required: string[] } => {
  const required: string[] = []
  const code = source.replace(WXS_REQUIRE, (_match, quote: string, specifier: string) => {
    const target = specifier.replace(/\.wxs$/, '')
    required.push(resolveFrom(file, target))
    return `require(${quote}${target}${quote})`
  })
  return { code: code.replace(/\.constructor\b/g, '.constructor.name'), required }
}

const strings = (list: unknown[]): string[] => list.map(String)
