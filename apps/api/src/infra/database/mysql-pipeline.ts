import type { Pool, PoolConnection } from 'mariadb'
import type { Pipeline, RunPipeline } from './pipeline.ts'
import type { BoundStatement, Query, Value } from './statement.ts'
import { readTimes } from './statement.ts'

/**
 * Runs pipelines on connections of the pool that Prisma's adapter uses. Statements go as text, one
 * for all rows: no statement has to be prepared first, and the server keeps none for each number of
 * rows.
 */
export const createMysqlPipelines =
  (pool: Pick<Pool, 'getConnection'>): RunPipeline =>
  async (work) => {
    const connection = await pool.getConnection()
    try {
      return await transact(connection, work)
    } finally {
      await connection.release()
    }
  }

const transact = async <T>(
  connection: PoolConnection,
  work: (pipeline: Pipeline) => Promise<T>,
) => {
  const sending = createSending(connection)
  // Not BEGIN: after a deadlock has undone the transaction, the statements that were sent meanwhile
  // would each commit on its own. So they begin another transaction, which is undone below.
  sending.send({ text: 'SET autocommit = 0', values: [] })
  try {
    const result = await work(createPipeline(sending))
    await sending.settle()
    sending.send({ text: 'COMMIT', values: [] })
    sending.send({ text: 'SET autocommit = 1', values: [] })
    await sending.settle()
    return result
  } catch (error) {
    await undo(connection, sending)
    throw error
  }
}

type Sending = ReturnType<typeof createSending>

const createSending = (connection: PoolConnection) => {
  let unanswered: Promise<unknown>[] = []
  let failure: { error: unknown } | null = null

  const query = (statement: BoundStatement): Promise<unknown> =>
    // Without values nothing has to be looked for in the text.
    statement.values.length === 0
      ? connection.query(statement.text)
      : connection.query(statement.text, statement.values)

  return {
    query,
    send(statement: BoundStatement) {
      const answer = query(statement).catch((error: unknown) => {
        failure ??= { error }
      })
      unanswered.push(answer)
    },
    /** Resolves once everything sent was answered; rejects with the first failure. */
    async settle() {
      const waiting = unanswered
      unanswered = []
      await Promise.all(waiting)
      if (failure !== null) throw failure.error
    },
  }
}

/** Undoes what is there to undo. A connection that cannot do even this is given up. */
const undo = async (connection: PoolConnection, { settle, query }: Sending) => {
  await settle().catch(() => {})
  try {
    await Promise.all([
      query({ text: 'ROLLBACK', values: [] }),
      query({ text: 'SET autocommit = 1', values: [] }),
    ])
  } catch {
    connection.destroy()
  }
}

const createPipeline = ({ send, query, settle }: Sending): Pipeline => {
  /** What was sent before explains better why this failed, if it did. */
  const answered = async (statement: BoundStatement): Promise<unknown> => {
    const answer = query(toMysql(statement))
    await Promise.allSettled([answer])
    await settle()
    return answer
  }

  return {
    send({ mysql }, rows) {
      if (rows.length > 0) send(toMysql(mysql(rows)))
    },
    async change({ mysql }, row) {
      const result = await answered(mysql([row]))
      return rowsOf(result)
    },
    async query<Row, Found extends object>(
      { mysql, times }: Query<Row, Found>,
      rows: readonly Row[],
    ) {
      if (rows.length === 0) return []
      const found = await answered(mysql(rows))
      if (!Array.isArray(found)) throw new Error('the statement finds no rows')
      for (const one of found) readTimes(one, times, readTime)
      // As for Prisma's own raw queries, the author of the statement vouches for its columns.
      return found as Found[]
    },
  }
}

const rowsOf = (result: unknown): number => {
  const rows: unknown =
    typeof result === 'object' && result !== null ? Reflect.get(result, 'affectedRows') : undefined
  if (typeof rows !== 'number') throw new Error('the statement changes no rows')
  return rows
}

const toMysql = ({ text, values }: BoundStatement): BoundStatement => ({
  text,
  values: values.map(writeTime),
})

/** `2026-11-21 23:30:00.123`; the time zone of every connection is UTC. */
const writeTime = (value: Value) =>
  value instanceof Date ? value.toISOString().slice(0, -1).replace('T', ' ') : value

const readTime = (text: string) => new Date(`${text.replace(' ', 'T')}Z`)
