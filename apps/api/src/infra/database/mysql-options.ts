import type { Connection, ConnectionConfig } from 'mariadb'

const DEFAULT_PORT = 3306
/**
 * Until the server has accepted the password, which takes it two answers. One that hangs has to leave
 * time for another attempt before those who wait for a connection give up.
 */
const CONNECT_MS = 1200
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost'])

/**
 * How to connect to `mysql://user:password@host:port/database`. `?ssl=true` demands a certificate that
 * the system trusts; nothing else may follow the question mark.
 */
export const connectionOptions = (url: string): ConnectionConfig => {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url)
  for (const name of searchParams.keys()) {
    if (name !== 'ssl') throw new TypeError(`unknown parameter ${name} in the database URL`)
  }

  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? DEFAULT_PORT : Number(port),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
    ssl: searchParams.get('ssl') === 'true',
    // MySQL 8 hands out the key that a password is sent under; only here nobody can swap it on the way.
    allowPublicKeyRetrieval: LOOPBACK.has(hostname),
    connectTimeout: CONNECT_MS,
    // The driver sends no statement of its own with this collation and without `timezone` and `initSql`.
    // One that fails, because the server dies just then, would be a rejection that nobody can handle.
    collation: 'UTF8MB4_UNICODE_520_CI',
  }
}

const SESSION_SETTINGS = [
  // Gap locks of the default level make the first sign-ins of different people deadlock.
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  // The driver quotes the values of text statements with backslashes, whatever the server thinks of them.
  `SET SESSION sql_mode = TRIM(BOTH ',' FROM
    REPLACE(CONCAT(',', @@SESSION.sql_mode, ','), ',NO_BACKSLASH_ESCAPES,', ','))`,
  `SET SESSION time_zone = '+00:00', SESSION innodb_lock_wait_timeout = 2`,
]

/** What every new connection needs before it is used. */
export const prepareSession = async (connection: Pick<Connection, 'query'>): Promise<void> => {
  await Promise.all(SESSION_SETTINGS.map((statement) => connection.query(statement)))
}
