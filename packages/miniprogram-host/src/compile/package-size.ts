import { readdirSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { CompiledScript } from './bundle.ts'
import { CompileError } from './compile-error.ts'

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
}

/** Package sizes in bytes by root, the main package under ''. Throws above WeChat's limits. */
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
  refuseAboveLimits(sizes)
  return sizes
}

const refuseAboveLimits = (sizes: Record<string, number>): void => {
  const refuse = (what: string, bytes: number, limit: number): void => {
    if (bytes <= limit) return
    const size = `${(bytes / MEGABYTE).toFixed(2)} MB`
    throw new CompileError('app.json', 1, 1, `${what} is ${size}, above ${limit / MEGABYTE} MB`)
  }
  for (const [root, bytes] of Object.entries(sizes)) {
    refuse(root === '' ? 'the main package' : `subpackage "${root}"`, bytes, ONE_PACKAGE_LIMIT)
  }
  const total = Object.values(sizes).reduce((sum, bytes) => sum + bytes, 0)
  refuse('the whole mini-program', total, TOTAL_LIMIT)
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
