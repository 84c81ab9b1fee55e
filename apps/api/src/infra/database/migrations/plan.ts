import type { MigrationFile } from './migration-files.ts'

/** A row of `_prisma_migrations`, as far as a plan needs it. */
export type MigrationRecord = {
  id: string
  name: string
  checksum: string
  finished: boolean
  rolledBack: boolean
  logs: string | null
}

/** Why nothing can be migrated, and what to do about it. Made for operators. */
export class MigrationRefused extends Error {
  override readonly name = 'MigrationRefused'
}

/**
 * The migrations still to apply, each with the record of an attempt that did not finish. Refuses when
 * what was applied is not what the files say.
 */
export const planMigrations = (files: MigrationFile[], records: MigrationRecord[]) => {
  const current = new Map(
    records.filter(({ rolledBack }) => !rolledBack).map((record) => [record.name, record]),
  )
  for (const name of current.keys()) {
    if (!files.some((file) => file.name === name)) {
      throw new MigrationRefused(
        `the database has the migration ${name}, which this version does not know: ` +
          'run the version that made it, or a newer one',
      )
    }
  }
  return files.flatMap((file) => {
    const record = current.get(file.name)
    if (record !== undefined && record.checksum !== file.checksum) {
      throw new MigrationRefused(
        `the migration ${file.name} was changed after it had been applied: ` +
          'restore the file, and put the change into a new migration',
      )
    }
    return record?.finished ? [] : [{ file, record }]
  })
}
