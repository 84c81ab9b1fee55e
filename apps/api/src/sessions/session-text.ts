import type { KnownSession } from './session-cache.ts'

/** Raised whenever the shape changes, so that nodes of two versions do not read each other's. */
const VERSION = 1

const DATES = new Set([
  'createdAt',
  'lastSeenAt',
  'idleExpiresAt',
  'absoluteExpiresAt',
  'endedAt',
  'addTime',
  'lastLoginTime',
])

export const writeKnownSession = (known: KnownSession) =>
  JSON.stringify({ version: VERSION, known })

/** Null unless this version wrote `text`. */
export const readKnownSession = (text: string): KnownSession | null => {
  const entry: unknown = JSON.parse(text, (key, value: unknown) =>
    DATES.has(key) && typeof value === 'string' ? new Date(value) : value,
  )
  return isEntry(entry) && entry.version === VERSION ? entry.known : null
}

/** The rest is as this server wrote it: Redis is as trusted as the database. */
const isEntry = (value: unknown): value is { version: number; known: KnownSession } =>
  typeof value === 'object' && value !== null && 'version' in value && 'known' in value
