import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SourceFile } from './check-arrows.ts'
import { readImports } from './read-imports.ts'

const GENERATED = 'generated'

/** Every TypeScript file of a source folder that a person writes, with its imports. */
export const readSources = (folder: string): SourceFile[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && path.split('/')[0] !== GENERATED)
    .sort()
    .map((path) => ({ path, imports: readImports(path, readFileSync(join(folder, path), 'utf8')) }))
