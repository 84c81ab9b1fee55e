import type { User } from '../users/user.ts'
import type { Session } from './session.ts'

/** A session with its person, as the database knows them. */
export type KnownSession = { session: Session; user: User }

/**
 * What nodes tell each other about live sessions, so that not every node asks the database. It may
 * forget anything at any time; it must not remember what `forget` named.
 */
export type SessionCache = {
  /** `freshForMs`: for how long the entry may still be trusted. Null when nothing is known. */
  get(id: string): Promise<{ known: KnownSession; freshForMs: number } | null>
  /** Has no effect for a minute after `forget` named the session: a slow reader cannot revive it. */
  put(known: KnownSession): Promise<void>
  forget(ids: readonly string[]): Promise<void>
}
