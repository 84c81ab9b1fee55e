import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'

export type MigrationFile = {
  name: string
  sql: string
  /** SHA-256 of the file in hex, as Prisma keeps it. */
  checksum: string
}

/** The migrations of an engine in the order in which they apply. */
export const readMigrations = async (
  engine: 'mysql' | 'sqlite',
  folder = findFolder(engine),
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

/** `prisma/` stands in a folder above this file, wherever source, build or bundle put the file. */
const findFolder = (engine: 'mysql' | 'sqlite'): URL => {
  let above = new URL('./', import.meta.url)
  for (;;) {
    const folder = new URL(`prisma/${engine}/migrations/`, above)
    if (existsSync(folder)) return folder
    const next = new URL('../', above)
    if (next.href === above.href)
      throw new Error('the folder prisma/ with the migrations is missing')
    above = next
  }
}
