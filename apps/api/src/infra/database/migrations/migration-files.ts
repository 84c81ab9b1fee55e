import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'

export type MigrationFile = {
  name: string
  sql: string
  /** SHA-256 of the file in hex, as Prisma keeps it. */
  checksum: string
}

/** From `src/migrations` and `dist/migrations` alike. */
const PRISMA = new URL('../../../../../../prisma/', import.meta.url)

/** The migrations of an engine in the order in which they apply. */
export const readMigrations = async (
  engine: 'mysql' | 'sqlite',
  folder = new URL(`${engine}/migrations/`, PRISMA),
): Promise<MigrationFile[]> => {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)

  return await Promise.all(
    names.sort().map(async (name) => {
      const content = await readFile(new URL(`${name}/migration.sql`, folder))
      const checksum = createHash('sha256').update(content).digest('hex')
      return { name, sql: content.toString('utf8'), checksum }
    }),
  )
}
