import { readdirSync, readFileSync, statSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../miniprogram/', import.meta.url))

const all = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => statSync(root + path).isFile())
  .sort()
const isTDesign = (path: string) => path.startsWith('tdesign/')

/** Our files, by path below miniprogramRoot. */
export const files = all.filter((path) => !isTDesign(path))
/** Those that the installation copies from TDesign: see tdesign/take.mjs. */
export const tdesignFiles = all.filter(isTDesign)

export const sizeOf = (path: string): number => statSync(root + path).size
export const source = (path: string): string => readFileSync(root + path, 'utf8')
export const json = (path: string) => JSON.parse(source(path))
export const ending = (end: string): string[] => files.filter((path) => path.endsWith(end))

type SubPackage = { root: string; pages: string[] }
const app: { pages: string[]; subPackages?: SubPackage[]; subpackages?: SubPackage[] } =
  json('app.json')

export const subPackages = [...(app.subPackages ?? []), ...(app.subpackages ?? [])]
/** All pages, those of subpackages included. */
export const pages = [
  ...app.pages,
  ...subPackages.flatMap(({ root, pages: inside }) => inside.map((page) => posix.join(root, page))),
]
