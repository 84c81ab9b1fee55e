import type { Adoption, AdoptionPlan } from '../adoption/adopt-wx-user.ts'
import { readMigrations } from './migration-files.ts'

export type MigrateOptions = {
  /** `mysql://user:password@host:port/database`. */
  url?: string | undefined
  /** The SQLite file, used when there is no `url`. */
  file?: string | undefined
  /** Takes over a `wx_user` that these migrations did not make (MySQL and MariaDB). */
  adopt?: Adoption | undefined
  /** Goes on with a migration whose statement failed, once the cause is gone. */
  retryFailed?: boolean | undefined
}

/**
 * Applies the migrations that the database does not have yet; resolves to their names. Safe to call
 * from several processes at once, and again after one died on the way. Rejects with
 * `MigrationRefused`, saying what to do, when it must not go on.
 */
export const migrateDatabase = async ({
  url,
  file,
  ...options
}: MigrateOptions): Promise<string[]> => {
  if (url !== undefined) {
    const { migrateMysql } = await import('./mysql.ts')
    return await migrateMysql({ url, migrations: await readMigrations('mysql'), ...options })
  }
  if (file === undefined) throw new TypeError('a migration needs a url or a file')

  const { migrateSqlite } = await import('./sqlite.ts')
  return await migrateSqlite(file, await readMigrations('sqlite'))
}

/** What `migrateDatabase` would adopt, changing nothing; null when there is nothing to adopt. */
export const planAdoptionOf = async (
  url: string,
  adopt: Adoption,
): Promise<AdoptionPlan | null> => {
  const { planMysqlAdoption } = await import('./mysql.ts')
  return await planMysqlAdoption({ url, migrations: await readMigrations('mysql'), adopt })
}
