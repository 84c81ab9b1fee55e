import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, posix, resolve, sep } from 'node:path'
import type { Message } from 'esbuild'
import { transformSync } from 'esbuild'
import { CompileError } from './compile-error.ts'

/** The files below a mini-program's root, by relative path. Other files are not readable. */
export interface ProjectFiles {
  root: string
  has(path: string): boolean
  read(path: string): string
  /** Parses a JSON object; an absent file reads as an empty object. */
  readJson(path: string): Record<string, unknown>
  /** Makes the files of another folder readable below `place`, where the project has none. */
  mount(place: string, folder: string): void
  /** Paths of the files read so far: those that the mini-program uses. */
  used: Set<string>
}

export const openProjectFiles = (root: string): ProjectFiles => {
  const used = new Set<string>()
  const mounts: { place: string; folder: string }[] = []
  const below = (folder: string, path: string): string | null => {
    const full = resolve(folder, path)
    return full === folder || full.startsWith(folder + sep) ? full : null
  }
  const locate = (path: string): string | null => {
    const own = below(root, path)
    const mounted = mounts.find(({ place }) => posix.normalize(path).startsWith(`${place}/`))
    if (!mounted || (own !== null && existsSync(own))) return own
    return below(mounted.folder, posix.normalize(path).slice(mounted.place.length + 1))
  }
  const has = (path: string): boolean => {
    const full = locate(path)
    return full !== null && existsSync(full) && statSync(full).isFile()
  }
  const read = (path: string): string => {
    const full = locate(path)
    if (full === null || !existsSync(full)) throw new CompileError(path, 1, 1, 'file not found')
    used.add(path)
    return withoutMark(readFileSync(full, 'utf8'))
  }
  const readJson = (path: string): Record<string, unknown> =>
    has(path) ? parseJsonObject(read(path), path) : {}

  const mount = (place: string, folder: string): void => void mounts.push({ place, folder })

  return { root, has, read, readJson, mount, used }
}

/** Editors of Windows write a byte order mark, which is no part of the text. */
const withoutMark = (text: string): string => text.replace(/^\ufeff/, '')

/** Parses a JSON object. Throws a CompileError at the position of a syntax error. */
export const parseJsonObject = (text: string, file: string): Record<string, unknown> => {
  let value: unknown
  try {
    value = JSON.parse(withoutMark(text))
  } catch (error) {
    throw locateJsonFault(withoutMark(text), file) ?? error
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new CompileError(file, 1, 1, 'a JSON object is expected')
  }
  return value as Record<string, unknown>
}

/** Finds a syntax error with esbuild, because JSON.parse does not always report the position. */
const locateJsonFault = (text: string, file: string): CompileError | null => {
  try {
    transformSync(text, { loader: 'json', logLevel: 'silent' })
    return null
  } catch (failure) {
    const [first] = (failure as { errors?: Message[] }).errors ?? []
    const { line = 1, column = 0 } = first?.location ?? {}
    return new CompileError(file, line, column + 1, first?.text ?? String(failure))
  }
}

/** Resolves `target` as written in the file `from`: relative, or from the root with a slash. */
export const resolveFrom = (from: string, target: string): string =>
  target.startsWith('/') ? posix.normalize(target.slice(1)) : join(posix.dirname(from), target)
