import { readdirSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../miniprogram/', import.meta.url))

/** All files that are uploaded, by path below miniprogramRoot. */
export const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => statSync(root + path).isFile())
  .sort()

export const sizeOf = (path: string): number => statSync(root + path).size
export const source = (path: string): string => readFileSync(root + path, 'utf8')
export const json = (path: string) => JSON.parse(source(path))
export const ending = (end: string): string[] => files.filter((path) => path.endsWith(end))
