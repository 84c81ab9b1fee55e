import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { CompileError } from './compile-error.ts'

/** A folder with an app.json is run with defaults; any other is refused with what it may be. */
export const withoutConfig = (projectPath: string, warnings: string[]): Record<string, unknown> => {
  const missing = `file not found in ${projectPath}`
  if (existsSync(join(projectPath, 'app.json'))) {
    warnings.push(`project.config.json:1:1: ${missing}; the folder is run with DevTools' defaults`)
    return {}
  }
  const hint = hintFor(projectPath)
  throw new CompileError('project.config.json', 1, 1, hint ? `${missing}; ${hint}` : missing)
}

/** Sources of other frameworks become a mini-program only when they are built. */
const BUILT: [file: string, framework: string][] = [
  ['src/manifest.json', 'uni-app'],
  ['manifest.json', 'uni-app'],
  ['src/app.config.ts', 'Taro'],
  ['src/app.config.js', 'Taro'],
  ['src/app.wpy', 'WePY'],
  ['src/app.mpx', 'Mpx'],
  ['src/app.vue', 'Vue'],
]

const hintFor = (projectPath: string): string | null => {
  if (!existsSync(projectPath)) return 'there is no such folder'
  const [file, framework] = BUILT.find(([name]) => existsSync(join(projectPath, name))) ?? []
  if (file !== undefined) {
    return `${file} looks like a source of ${framework}: build it, and give the folder of the result`
  }
  const inside = readdirSync(projectPath, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .filter((name) =>
      ['project.config.json', 'app.json'].some((file) => existsSync(join(projectPath, name, file))),
    )
  return inside.length === 0
    ? null
    : `did you mean ${inside.map((name) => `${name}/`).join(' or ')}?`
}
