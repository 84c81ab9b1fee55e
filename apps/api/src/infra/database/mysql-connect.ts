import type { Connection, ConnectionConfig, SqlError } from 'mariadb'
import { createConnection } from 'mariadb'
import { DatabaseUnavailable } from './failures.ts'
import { connectionOptions, prepareSession } from './mysql-options.ts'

const ER_DB_ACCESS_DENIED = 1044
const ER_ACCESS_DENIED = 1045
const ER_BAD_DB = 1049

/**
 * One connection outside the pool. Rejects with `DatabaseUnavailable`, saying what is wrong without
 * the password, where the pool would only say that nobody gave it a connection in time.
 */
export const connectMysql = async (url: string): Promise<Connection> => {
  const options = connectionOptions(url)
  try {
    const connection = await createConnection(options)
    await prepareSession(connection).catch((error: unknown) => {
      connection.destroy()
      throw error
    })
    return connection
  } catch (cause) {
    throw new DatabaseUnavailable(describe(options, cause as SqlError), { cause })
  }
}

const describe = (
  { host, port, user, database }: ConnectionConfig,
  { errno, code, sqlMessage }: SqlError,
) => {
  const server = `the database server at ${host}:${port}`
  switch (errno) {
    case ER_ACCESS_DENIED:
      return `${server} refused the user ${user} or the password`
    case ER_DB_ACCESS_DENIED:
      return `${server} does not let the user ${user} use the database ${database}`
    case ER_BAD_DB:
      return `${server} has no database ${database}`
    default:
      return `${server} cannot be reached (${sqlMessage ?? code})`
  }
}
