/** The database cannot be reached or did not answer in time; nothing is known to have been written. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable'
}

/** A row with the same unique key, as Prisma and as the driver of MySQL and MariaDB call it. */
const DUPLICATE = ['P2002', '1062']
/** Deadlock and lock wait timeout. */
const LOCKED = ['P2034', '1205', '1213', 'TransactionWriteConflict']

const UNAVAILABLE = new Set([
  ...LOCKED,
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
  'P2037',
  // Its disk is full.
  '1021',
  '1026',
  '1114',
  'SQLITE_FULL',
  // The server is shutting down, full or read-only.
  '1040',
  '1053',
  '1203',
  '1290',
  '1836',
  '1927',
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  'SocketTimeout',
  'TooManyConnections',
])
/** MariaDB's driver: its own failures, from "connection closed" to "pool timeout". SQLite: another process writes. */
const DRIVER_CODE = /^45\d{3}$|^SQLITE_BUSY/
const POOL_TIMEOUT = '45028'

/** The same work may succeed at once: somebody else was in the way. */
export const isLostRace = (error: unknown) =>
  codesOf(error).some((code) => DUPLICATE.includes(code) || LOCKED.includes(code))

/** A row with the same unique key is there already. */
export const isUniqueViolation = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'P2002'

/** The transaction that failed so was undone: trying again cannot do anything twice. */
export const isUndone = (error: unknown) =>
  isLostRace(error) || !(toDatabaseError(error) instanceof DatabaseUnavailable)

/** The pool could not give a connection in time: the next caller will fare no better. */
export const isOutOfConnections = (error: unknown) => codesOf(error).includes(POOL_TIMEOUT)

/** A failure to reach the database as `DatabaseUnavailable`; every other error as it is. */
export const toDatabaseError = (error: unknown): unknown => {
  const code = codesOf(error).find((code) => UNAVAILABLE.has(code) || DRIVER_CODE.test(code))

  return code === undefined
    ? error
    : new DatabaseUnavailable(`the database is unavailable (${code})`, { cause: error })
}

type Failure = {
  code?: unknown
  errno?: unknown
  kind?: unknown
  originalCode?: unknown
  cause?: unknown
  meta?: { driverAdapterError?: unknown }
}

/** Every code of an error and its causes: Prisma wraps the driver's error, which wraps the socket's. */
const codesOf = (error: unknown): string[] => {
  if (typeof error !== 'object' || error === null) return []
  const { code, errno, kind, originalCode, cause, meta } = error as Failure

  return [
    ...[code, errno, kind, originalCode]
      .filter((value) => typeof value === 'string' || typeof value === 'number')
      .map(String),
    ...codesOf(meta?.driverAdapterError),
    ...codesOf(cause),
  ]
}
