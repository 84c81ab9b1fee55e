import type { EventEmitter } from 'node:events'
import type { Pool, PoolConnection, QueryOptions } from 'mariadb'
import { createPool } from 'mariadb'
import { connectionOptions, prepareSession } from './mysql-options.ts'
import { traced } from './sql-channel.ts'

const ACQUIRE_MS = 2000
/**
 * A connection that was idle is asked whether it is there. By default it has a quarter of a second, so
 * that a slow database would lose all of its connections.
 */
const PING_MS = 750

type Options = {
  url: string
  poolSize: number
  /** How long a statement may go unanswered. */
  silenceMs: number
  onConnectionError: (error: Error) => void
}

type Statement = string | QueryOptions

/**
 * A pool that fails a statement which its server leaves unanswered, as a hanging machine does, and
 * gives the connection up. (The driver's own time-out would close idle connections too.)
 */
export const createMysqlPool = ({ url, poolSize, silenceMs, onConnectionError }: Options): Pool => {
  // An option that the types leave out.
  const patience: object = { pingTimeout: PING_MS }
  const pool = createPool({
    ...patience,
    ...connectionOptions(url),
    connectionLimit: poolSize,
    acquireTimeout: ACQUIRE_MS,
    // Times as the server writes them, in UTC; the driver would read them in the zone of this machine.
    dateStrings: true,
  })
  // An event that the types leave out: a connection that failed in the background.
  const events: EventEmitter = pool as unknown as EventEmitter
  events.on('error', onConnectionError)

  const acquire = pool.getConnection.bind(pool)
  const prepared = new WeakSet<object>()
  const getConnection = async () => {
    const connection = limitSilence(await acquire(), silenceMs)
    // `info` belongs to the connection, which itself is wrapped anew each time.
    if (connection.info !== null && !prepared.has(connection.info)) {
      await prepareSession(connection).catch(async (error: unknown) => {
        connection.destroy()
        throw error
      })
      prepared.add(connection.info)
    }
    return connection
  }

  return Object.assign(pool, {
    getConnection,
    query: (sql: Statement, values?: unknown) =>
      using(getConnection, (connection) => connection.query(sql, values)),
    execute: (sql: Statement, values?: unknown) =>
      using(getConnection, (connection) => connection.execute(sql, values)),
  })
}

const using = async <T>(
  getConnection: () => Promise<PoolConnection>,
  work: (connection: PoolConnection) => Promise<T>,
) => {
  const connection = await getConnection()
  try {
    return await work(connection)
  } finally {
    await connection.release()
  }
}

/** One timer for everything that is under way: each answer shows that the server is there. */
const limitSilence = (connection: PoolConnection, ms: number): PoolConnection => {
  const query = connection.query.bind(connection)
  const execute = connection.execute.bind(connection)
  const waiting = new Set<(error: Error) => void>()
  let timer: NodeJS.Timeout | undefined

  const giveUp = () => {
    const error = Object.assign(new Error('the database did not answer'), { code: 'ETIMEDOUT' })
    for (const reject of waiting) reject(error)
    waiting.clear()
    connection.destroy()
  }
  const limit = <T>(answer: Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      if (waiting.size === 0) timer = setTimeout(giveUp, ms)
      waiting.add(reject)
      const heard = () => {
        waiting.delete(reject)
        if (waiting.size === 0) clearTimeout(timer)
        else timer?.refresh()
      }
      answer.then(
        (value) => {
          heard()
          resolve(value)
        },
        (error: Error) => {
          heard()
          reject(error)
        },
      )
    })

  return Object.assign(connection, {
    query: (sql: Statement, values?: unknown) => traced(sql, () => limit(query(sql, values))),
    execute: (sql: Statement, values?: unknown) => traced(sql, () => limit(execute(sql, values))),
  })
}
