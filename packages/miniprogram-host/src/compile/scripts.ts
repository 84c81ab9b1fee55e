import { posix } from 'node:path'
import type { Message } from 'esbuild'
import { transform } from 'esbuild'
import type { CompiledScript } from './bundle.ts'
import { CompileError } from './compile-error.ts'
import type { Problems } from './problems.ts'
import type { ProjectFiles } from './project-files.ts'

const REQUIRE = /\brequire(?:\.async)?\(\s*(["'])([^"'\n]+)\1\s*\)/g

/**
 * Compiles scripts and what they require, file by file as DevTools does, without bundling. A script
 * with a syntax error becomes one that throws it.
 */
export const compileScripts = async (
  files: ProjectFiles,
  entries: string[],
  problems: Problems,
): Promise<Record<string, CompiledScript>> => {
  const scripts: Record<string, CompiledScript> = {}
  const add = async (source: string): Promise<void> => {
    const key = scriptKey(source)
    if (key in scripts) return
    scripts[key] = { code: '', map: '' }
    scripts[key] = await compileOrThrowLater(files.read(source), source, problems)
    const required = [...scripts[key].code.matchAll(REQUIRE)].map((match) => match[2] ?? '')
    const found = required.map((specifier) => {
      const candidates = scriptCandidates(source, specifier)
      const present = candidates
        .map((path) => findScript(files, path))
        .filter((path) => path !== null)
      if (present.length === 0) {
        problems.add(source, specifier, `module "${specifier}" is not there; to require it throws`)
      }
      return present
    })
    await Promise.all(found.flat().map(add))
  }
  await Promise.all(entries.map(add))
  return scripts
}

/** Source file of a script path; TypeScript takes precedence over JavaScript, as in DevTools. */
export const findScript = (files: ProjectFiles, path: string): string | null => {
  const base = path.replace(/\.js$/, '')
  const found = [`${base}.ts`, `${base}.js`, `${path}/index.ts`, `${path}/index.js`]
  return found.find((candidate) => files.has(candidate)) ?? null
}

/** Key of a script in the bundle: its path with `.js`, also for a TypeScript source. */
export const scriptKey = (source: string): string => source.replace(/\.ts$/, '.js')

/**
 * Paths where WeChat looks for a required module, in order: relative to the file, even without
 * `./`, then in each miniprogram_npm from the file's folder upwards.
 */
export const scriptCandidates = (from: string, specifier: string): string[] => {
  if (specifier.startsWith('/')) return [posix.normalize(specifier.slice(1))]
  if (specifier.startsWith('.')) return [posix.join(posix.dirname(from), specifier)]
  const candidates: string[] = [posix.join(posix.dirname(from), specifier)]
  for (let folder = posix.dirname(from); ; folder = posix.dirname(folder)) {
    candidates.push(posix.join(folder, 'miniprogram_npm', specifier))
    if (folder === '.') return candidates
  }
}

const compileOrThrowLater = async (
  source: string,
  file: string,
  problems: Problems,
): Promise<CompiledScript> => {
  try {
    return await compileScript(source, file)
  } catch (error) {
    if (!(error instanceof CompileError)) throw error
    problems.addError(error, 'whatever needs this script fails')
    return { code: `throw new SyntaxError(${JSON.stringify(error.message)})`, map: '' }
  }
}

const compileScript = async (source: string, file: string): Promise<CompiledScript> => {
  try {
    const { code, map } = await transform(source, {
      loader: file.endsWith('.ts') ? 'ts' : 'js',
      format: 'cjs',
      target: 'es2020',
      charset: 'utf8',
      sourcefile: file,
      sourcemap: 'external',
    })
    return { code, map }
  } catch (failure) {
    const [first] = (failure as { errors?: Message[] }).errors ?? []
    if (!first) throw failure
    const { line = 1, column = 0 } = first.location ?? {}
    throw new CompileError(file, line, column + 1, first.text)
  }
}
