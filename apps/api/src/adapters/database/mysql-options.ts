import type { ConnectionConfig } from 'mariadb'

const DEFAULT_PORT = 3306
const CONNECT_MS = 1000
/** A server that stops answering fails a statement instead of holding it for ever. */
const SILENCE_MS = 5000
const LOCK_WAIT_SECONDS = 2

/** How the pool connects to `mysql://user:password@host:port/database`. */
export const connectionOptions = (url: string): ConnectionConfig => {
  const { hostname, port, username, password, pathname } = new URL(url)

  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? DEFAULT_PORT : Number(port),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
    timezone: 'Z',
    connectTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    initSql: [
      // Gap locks of the default level make the first sign-ins of different people deadlock.
      'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
      `SET SESSION innodb_lock_wait_timeout = ${LOCK_WAIT_SECONDS}`,
    ],
  }
}
