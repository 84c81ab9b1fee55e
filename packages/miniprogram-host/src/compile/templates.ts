import { posix } from 'node:path'
import { TmplGroup } from 'glass-easel-template-compiler'
import { CompileError } from './compile-error.ts'
import type { ProjectFiles } from './project-files.ts'

interface Diagnostic {
  isError: boolean
  message: string
  startLine: number
  startColumn: number
}

const WXS_REQUIRE = /\brequire\(\s*(["'])([^"'\n]+)\1\s*\)/g

/** Compiles WXML and WXS of the given units and of all they import to one JavaScript expression. */
export const compileTemplates = (
  files: ProjectFiles,
  paths: string[],
): { templates: string; warnings: string[] } => {
  const group = new TmplGroup()
  try {
    const warnings: string[] = []
    const seen = new Set<string>()
    const add = (path: string): void => {
      if (seen.has(path)) return
      seen.add(path)
      warnings.push(...addTemplate(group, files, path))
      for (const dependency of strings(group.getDirectDependencies(path))) add(dependency)
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
  const source = files.read(file)
  group.addScript(path, source)
  for (const [, , specifier = ''] of source.matchAll(WXS_REQUIRE)) {
    const target = posix.join(posix.dirname(file), specifier)
    addWxs(group, files, target.replace(/\.wxs$/, ''), seen)
  }
}

const strings = (list: unknown[]): string[] => list.map(String)
