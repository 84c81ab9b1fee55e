import type { SharedCache } from '../infra/shared-state/cache.ts'
import type { SessionWithUser } from './session.ts'

export type SessionCache = ReturnType<typeof createSessionCache>

/** Live sessions as nodes tell them each other, so that not every node asks the database. */
export const createSessionCache = (cache: SharedCache) => ({
  /** `freshForMs`: for how long the entry may still be trusted. Null when nothing is known. */
  async get(id: string): Promise<{ found: SessionWithUser; freshForMs: number } | null> {
    const entry = await cache.get(id)
    const found = entry === null ? null : readSession(entry.text)
    return entry === null || found === null ? null : { found, freshForMs: entry.freshForMs }
  },
  put: (found: SessionWithUser): Promise<void> => cache.put(found.session.id, writeSession(found)),
})

/** Raised whenever the shape changes, so that nodes of two versions do not read each other's entries. */
const VERSION = 2

const DATES = new Set([
  'createdAt',
  'lastSeenAt',
  'idleExpiresAt',
  'absoluteExpiresAt',
  'endedAt',
  'addTime',
  'lastLoginTime',
])

const writeSession = (known: SessionWithUser) => JSON.stringify({ version: VERSION, known })

/** Null unless this version wrote `text`. */
const readSession = (text: string): SessionWithUser | null => {
  const entry: unknown = JSON.parse(text, (key, value: unknown) =>
    DATES.has(key) && typeof value === 'string' ? new Date(value) : value,
  )
  return isEntry(entry) && entry.version === VERSION ? entry.known : null
}

/** The rest is as this server wrote it: Redis is as trusted as the database. */
const isEntry = (value: unknown): value is { version: number; known: SessionWithUser } =>
  typeof value === 'object' && value !== null && 'version' in value && 'known' in value
