import { readMigrations } from './migration-files.ts'

export type MigrateOptions = {
  /** `mysql://user:password@host:port/database`. */
  url?: string | undefined
  /** The SQLite file, used when there is no `url`. */
  file?: string | undefined
}

/**
 * Applies the migrations that the database does not have yet; resolves to their names. Safe to call
 * from several processes at once. Rejects with `MigrationRefused`, saying what to do, when it can't.
 */
export const migrateDatabase = async ({ url, file }: MigrateOptions): Promise<string[]> => {
  if (url !== undefined) throw new Error('not yet')
  if (file === undefined) throw new TypeError('a migration needs a url or a file')

  const { migrateSqlite } = await import('./sqlite.ts')
  return await migrateSqlite(file, await readMigrations('sqlite'))
}
