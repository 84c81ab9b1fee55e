import { readdirSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { CompiledScript } from './bundle.ts'
import type { Problems } from './problems.ts'

const MEGABYTE = 1024 * 1024
// https://developers.weixin.qq.com/miniprogram/dev/framework/subpackages.html
const ONE_PACKAGE_LIMIT = 2 * MEGABYTE
const TOTAL_LIMIT = 20 * MEGABYTE

const NOT_PACKED = new Set(['.ts', '.md', '.map', '.scss', '.less'])
const CODE = new Set(['.ts', '.js', '.json', '.wxml', '.wxss', '.wxs'])
const NOT_ENTERED = new Set(['node_modules', '.git'])

interface Measured {
  root: string
  scripts: Record<string, CompiledScript>
  subpackageRoots: string[]
  ignoredFolders: string[]
  packsUsedCodeOnly: boolean
  used: Set<string>
  problems: Problems
}

/** Package sizes in bytes by root, the main package under ''. Those above WeChat's limits are told. */
export const measurePackages = (project: Measured): Record<string, number> => {
  const sizes: Record<string, number> = { '': 0 }
  const count = (path: string, bytes: number): void => {
    const owner = project.subpackageRoots.find((root) => path.startsWith(`${root}/`)) ?? ''
    sizes[owner] = (sizes[owner] ?? 0) + bytes
  }
  for (const path of filesOf(project)) {
    if (!(path in project.scripts)) count(path, statSync(join(project.root, path)).size)
  }
  for (const [path, { code }] of Object.entries(project.scripts)) {
    count(path, Buffer.byteLength(code))
  }
  tellAboveLimits(sizes, project.problems)
  return sizes
}

const tellAboveLimits = (sizes: Record<string, number>, problems: Problems): void => {
  const tell = (what: string, bytes: number, limit: number): void => {
    if (bytes <= limit) return
    const size = `${(bytes / MEGABYTE).toFixed(2)} MB`
    const reason = `${what} is ${size}, above ${limit / MEGABYTE} MB; WeChat refuses to upload it`
    problems.add('app.json', '{', reason)
  }
  for (const [root, bytes] of Object.entries(sizes)) {
    tell(root === '' ? 'the main package' : `subpackage "${root}"`, bytes, ONE_PACKAGE_LIMIT)
  }
  const total = Object.values(sizes).reduce((sum, bytes) => sum + bytes, 0)
  tell('the whole mini-program', total, TOTAL_LIMIT)
}

/** All files to pack; with `packsUsedCodeOnly`, without code files that are not used. */
const filesOf = ({ root, ignoredFolders, packsUsedCodeOnly, used }: Measured): string[] => {
  const found = packedFiles(root, ignoredFolders)
  if (!packsUsedCodeOnly) return found
  const isCode = (path: string) => CODE.has(extname(path))
  const usedCode = [...used].filter((path) => isCode(path) && !NOT_PACKED.has(extname(path)))
  return [...found.filter((path) => !isCode(path)), ...usedCode]
}

const packedFiles = (root: string, ignored: string[], folder = ''): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (NOT_ENTERED.has(entry.name) || ignored.includes(path)) return []
    if (entry.isDirectory()) return packedFiles(root, ignored, path)
    return entry.isFile() && !NOT_PACKED.has(extname(entry.name)) ? [path] : []
  })
