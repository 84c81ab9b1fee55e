import type { Pool, PoolConnection, QueryOptions } from 'mariadb'

type Statement = string | QueryOptions

/**
 * Destroys a connection whose server leaves a statement unanswered for `ms`, as a hanging machine
 * does: the statement fails and the pool makes a new connection. (The driver's own time-out would
 * close idle connections too.)
 */
export const limitSilence = (pool: Pool, ms: number): Pool => {
  const acquire = pool.getConnection.bind(pool)

  const getConnection = async () => limitConnection(await acquire(), ms)
  const using = async <T>(work: (connection: PoolConnection) => Promise<T>) => {
    const connection = await getConnection()
    try {
      return await work(connection)
    } finally {
      await connection.release()
    }
  }
  return Object.assign(pool, {
    getConnection,
    query: (sql: Statement, values?: unknown) =>
      using((connection) => connection.query(sql, values)),
    execute: (sql: Statement, values?: unknown) =>
      using((connection) => connection.execute(sql, values)),
  })
}

const limitConnection = (connection: PoolConnection, ms: number): PoolConnection => {
  const query = connection.query.bind(connection)
  const execute = connection.execute.bind(connection)
  const limit = async <T>(answer: Promise<T>) => {
    const timer = setTimeout(() => connection.destroy(), ms)
    try {
      return await answer
    } finally {
      clearTimeout(timer)
    }
  }
  return Object.assign(connection, {
    query: (sql: Statement, values?: unknown) => limit(query(sql, values)),
    execute: (sql: Statement, values?: unknown) => limit(execute(sql, values)),
  })
}
