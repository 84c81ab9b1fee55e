import type { Connection } from 'mariadb'
import type { Adoption, AdoptionPlan } from '../adoption/adopt-wx-user.ts'
import { adoptWxUser, hasTable, planAdoption } from '../adoption/adopt-wx-user.ts'
import { connectMysql } from '../mysql-connect.ts'
import type { MigrationFile } from './migration-files.ts'
import { applyMigration } from './mysql-apply.ts'
import { createRecords, parseProgress, readRecords, startRecord } from './mysql-records.ts'
import { MigrationRefused, planMigrations } from './plan.ts'
import { splitStatements } from './statements.ts'

/** Prisma's own lock, so that its command line and this runner keep out of each other's way. */
const LOCK = 'prisma_migrate'
const LOCK_WAIT_SECONDS = 60
/** Whatever the server is set to: strict, `"` quotes text, assignments take effect in order. */
const SQL_MODE = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'

export type MysqlMigration = {
  url: string
  migrations: MigrationFile[]
  /** Takes over a `wx_user` that these migrations did not make. */
  adopt?: Adoption | undefined
  /** Goes on with a migration whose statement failed, once the cause is gone. */
  retryFailed?: boolean | undefined
}

/**
 * Brings a MySQL or MariaDB database up to date; resolves to the names of what was applied. Such
 * servers commit every statement that changes a table, so progress is written down statement by
 * statement: after a crash the next run goes on where the last one was.
 */
export const migrateMysql = async ({ url, ...options }: MysqlMigration): Promise<string[]> => {
  const connection = await connectMysql(url)
  try {
    await connection.query('SET SESSION sql_mode = ?', [SQL_MODE])
    await lock(connection)
    return await applyPending(connection, options)
  } finally {
    // The lock goes with the connection.
    await connection.end().catch(() => connection.destroy())
  }
}

const lock = async (connection: Connection) => {
  const [row]: { acquired: unknown }[] = await connection.query(
    'SELECT GET_LOCK(?, ?) AS acquired',
    [LOCK, LOCK_WAIT_SECONDS],
  )
  if (Number(row?.acquired) !== 1) {
    throw new MigrationRefused(
      `another process has been migrating for ${LOCK_WAIT_SECONDS} s: wait for it, then try again`,
    )
  }
}

const applyPending = async (
  connection: Connection,
  { migrations, adopt, retryFailed = false }: Omit<MysqlMigration, 'url'>,
) => {
  await adoptBeforeFirst(connection, migrations, adopt)
  await createRecords(connection)
  const pending = planMigrations(migrations, await readRecords(connection))

  for (const { file, record } of pending) {
    const progress = record === undefined ? null : parseProgress(record.logs)
    if (record !== undefined && progress === null) {
      throw new MigrationRefused(
        `the migration ${file.name} failed under another tool: undo its traces, then mark it by ` +
          `\`prisma migrate resolve --rolled-back ${file.name}\``,
      )
    }
    await applyMigration(connection, file, {
      id: record?.id ?? (await startRecord(connection, file)),
      progress,
      retryFailed,
    })
  }
  return pending.map(({ file }) => file.name)
}

/** What an adoption of this database would do, changing nothing; null when there is nothing to adopt. */
export const planMysqlAdoption = async ({
  url,
  migrations: [first],
  adopt,
}: Pick<MysqlMigration, 'url' | 'migrations'> & {
  adopt: Adoption
}): Promise<AdoptionPlan | null> => {
  const connection = await connectMysql(url)
  try {
    if (first === undefined || !(await isForeign(connection, first))) return null
    const [createWxUser = ''] = splitStatements(first.sql)
    return await planAdoption(connection, createWxUser, adopt)
  } finally {
    await connection.end()
  }
}

/** There is a `wx_user`, and these migrations did not make it. */
const isForeign = async (connection: Connection, first: MigrationFile): Promise<boolean> => {
  if (!(await hasTable(connection, 'wx_user'))) return false
  if (!(await hasTable(connection, '_prisma_migrations'))) return true
  const records = await readRecords(connection)
  return !records.some(({ name, rolledBack }) => name === first.name && !rolledBack)
}

/** The first migration makes `wx_user`; where there is one already, it is adopted or left alone. */
const adoptBeforeFirst = async (
  connection: Connection,
  [first]: MigrationFile[],
  adopt: Adoption | undefined,
) => {
  if (first === undefined || !(await isForeign(connection, first))) return

  if (adopt === undefined) {
    throw new MigrationRefused(
      'the database has a table wx_user that was not made by these migrations. Nothing was changed. ' +
        'Back it up, then migrate with `adopt`, naming the appid that its users belong to',
    )
  }
  const [createWxUser = ''] = splitStatements(first.sql)
  await adoptWxUser(connection, createWxUser, adopt)
  await createRecords(connection)
  await startRecord(connection, first, 1)
}
