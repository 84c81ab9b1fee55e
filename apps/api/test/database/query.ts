import Sqlite from 'better-sqlite3'
import { connectMysql } from '../../src/infra/database/mysql-connect.ts'
import type { DatabaseOptions } from '../../src/infra/database/open-database.ts'

export type Row = Record<string, unknown>

/** Runs a statement past the code under test; resolves to its rows, with times as text. */
export const queryRows = async (
  { url, file }: DatabaseOptions,
  statement: string,
): Promise<Row[]> => {
  if (url === undefined) {
    const database = new Sqlite(file ?? '')
    try {
      const prepared = database.prepare(statement)
      if (prepared.reader) return prepared.all() as Row[]
      prepared.run()
      return []
    } finally {
      database.close()
    }
  }
  const connection = await connectMysql(url)
  try {
    const rows: unknown = await connection.query({ sql: statement, dateStrings: true })
    return Array.isArray(rows) ? rows.map((row: Row) => ({ ...row })) : []
  } finally {
    await connection.end()
  }
}
