import type { Database, Statement as PreparedStatement } from 'better-sqlite3'
import type { Pipeline, RunPipeline } from './pipeline.ts'
import type { Query, Value } from './statement.ts'
import { readTimes } from './statement.ts'

/** Far more than the server has constant statements: reaching it means that texts are not constant. */
const MAX_PREPARED = 200

/**
 * Runs pipelines on the connection of Prisma's adapter, which nothing else may use meanwhile. Each
 * statement is prepared once and kept; SQLite prepares it anew by itself when the schema changes.
 */
export const createSqlitePipelines = (connection: Database): RunPipeline => {
  const prepare = createPrepare(connection)
  // The lock at once: a transaction that has read cannot become one that writes when another process
  // wrote in between.
  const begin = prepare('BEGIN IMMEDIATE')
  const commit = prepare('COMMIT')
  const rollback = prepare('ROLLBACK')
  const pipeline = createPipeline(prepare)

  return async (work) => {
    begin.run()
    try {
      const result = await work(pipeline)
      commit.run()
      return result
    } catch (error) {
      // Some failures, such as a full disk, have undone the transaction already.
      if (connection.inTransaction) rollback.run()
      throw error
    }
  }
}

type Prepare = (text: string) => PreparedStatement<unknown[], object>

const createPrepare = (connection: Database): Prepare => {
  const prepared = new Map<string, PreparedStatement<unknown[], object>>()
  return (text) => {
    const known = prepared.get(text)
    if (known !== undefined) return known
    if (prepared.size === MAX_PREPARED) throw new Error('too many different statements')
    const fresh = connection.prepare<unknown[], object>(text)
    // The adapter makes every integer a bigint; those of a statement of ours are small.
    if (fresh.reader) fresh.safeIntegers(false)
    prepared.set(text, fresh)
    return fresh
  }
}

const createPipeline = (prepare: Prepare): Pipeline => ({
  send({ sqlite: { text, values } }, rows) {
    const statement = prepare(text)
    for (const row of rows) statement.run(values(row).map(toSqlite))
  },
  async change({ sqlite: { text, values } }, row) {
    return prepare(text).run(values(row).map(toSqlite)).changes
  },
  async query<Row, Found extends object>(
    { sqlite: { text, values }, times }: Query<Row, Found>,
    rows: readonly Row[],
  ) {
    const statement = prepare(text)
    const found = rows.flatMap((row) => statement.all(values(row).map(toSqlite)))
    for (const one of found) readTimes(one, times, readTime)
    // As for Prisma's own raw queries, the author of the statement vouches for its columns.
    return found as Found[]
  },
})

/** Times as Prisma's adapter writes them; such texts sort as the times do. */
const toSqlite = (value: Value) =>
  value instanceof Date ? `${value.toISOString().slice(0, -1)}+00:00` : value

const readTime = (text: string) => new Date(text)
