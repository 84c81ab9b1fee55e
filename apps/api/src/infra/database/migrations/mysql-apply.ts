import type { Connection, SqlError } from 'mariadb'
import type { MigrationFile } from './migration-files.ts'
import type { Progress } from './mysql-records.ts'
import { finishRecord, saveProgress } from './mysql-records.ts'
import { MigrationRefused } from './plan.ts'
import { splitStatements } from './statements.ts'

/** Table, column or key exists already, or is gone already. */
const ALREADY_DONE = new Set([1022, 1050, 1051, 1060, 1061, 1091, 1826, 3822])
const FATAL_DRIVER_ERROR = 45_000

type Attempt = {
  /** Of the record in `_prisma_migrations`. */
  id: string
  /** Of the attempt before, null when this is the first. */
  progress: Progress | null
  retryFailed: boolean
}

/** Applies one migration from where the attempt before it ended. */
export const applyMigration = async (
  connection: Connection,
  { name, sql }: MigrationFile,
  { id, progress, retryFailed }: Attempt,
) => {
  const statements = splitStatements(sql)
  if (progress !== null && progress.failure !== null && !retryFailed) {
    throw new MigrationRefused(describeFailure(name, statements.length, progress))
  }
  const done = progress?.applied ?? 0
  for (const [index, statement] of statements.entries()) {
    if (index < done) continue
    // Its process may have died between the statement and the note that it is in effect.
    const mayBeDone = index === done && progress !== null
    try {
      await applyStatement(connection, statement, { id, applied: index + 1 })
    } catch (error) {
      if (mayBeDone && ALREADY_DONE.has((error as SqlError).errno)) continue
      throw await recordFailure(connection, error, {
        id,
        name,
        applied: index,
        of: statements.length,
      })
    }
  }
  await finishRecord(connection, id)
}

/** In a transaction, for the statements that take part in one: those that change rows. */
const applyStatement = async (
  connection: Connection,
  statement: string,
  { id, applied }: { id: string; applied: number },
) => {
  await connection.beginTransaction()
  try {
    await connection.query(statement)
    await saveProgress(connection, id, { applied, failure: null })
    await connection.commit()
  } catch (error) {
    await connection.rollback().catch(() => {})
    throw error
  }
}

type Place = { id: string; name: string; applied: number; of: number }

const recordFailure = async (
  connection: Connection,
  error: unknown,
  { id, name, applied, of }: Place,
) => {
  const { errno, fatal, sqlMessage, message } = error as SqlError
  // A lost connection is no failure of the statement: the next run goes on by itself.
  if (fatal || errno >= FATAL_DRIVER_ERROR) return error

  const progress = { applied, failure: sqlMessage ?? message }
  await saveProgress(connection, id, progress)
  return new MigrationRefused(describeFailure(name, of, progress), { cause: error })
}

const describeFailure = (name: string, total: number, { applied, failure }: Progress) =>
  `the migration ${name} failed at statement ${applied + 1} of ${total}: ${failure}. ` +
  `${applied === 0 ? 'None' : `The first ${applied}`} of its statements ${applied === 1 ? 'is' : 'are'} ` +
  'in effect. Remove the cause, then migrate again with `retryFailed`'
