import type { RevocationFeed } from '../infra/shared-state/revocation-feed.ts'
import type { User } from '../users/user.ts'
import type { SessionWithUser } from './session.ts'
import type { SessionCache } from './session-cache.ts'
import type { SessionStore } from './sql.ts'

/** After messages were missed the shared cache may hold ended sessions for as long as entries live. */
const DISTRUST_CACHE_MS = 90_000

export type SessionSource = {
  sessions: Pick<SessionStore, 'find'>
  cache: SessionCache | null
  feed: RevocationFeed
}

/** `freshForMs` is for how long it may be trusted while the feed is alive. */
type Read = { found: SessionWithUser | null; freshForMs: number; fromStore: boolean }

/** Reads a session from the shared cache where that may be trusted, else from the database. */
export const createSessionReader = ({ sessions, cache, feed }: SessionSource) => {
  let distrustUntil = performance.now() + DISTRUST_CACHE_MS
  const hasFeed = () => feed.shared && feed.isAlive()
  const trusted = () => (hasFeed() && performance.now() > distrustUntil ? cache : null)

  return {
    hasFeed,
    distrustCache() {
      distrustUntil = performance.now() + DISTRUST_CACHE_MS
    },
    /** `revoked` gives the news about the user of the session, who is not known before it is read. */
    async read(id: string, revoked: (user: User | null) => unknown): Promise<Read> {
      const mayAsk = revoked(null) === undefined
      const cached = mayAsk ? await trusted()?.get(id).catch(nothing) : null
      if (cached && revoked(cached.found.user) === undefined) return { ...cached, fromStore: false }
      return {
        found: await sessions.find(id),
        freshForMs: Number.POSITIVE_INFINITY,
        fromStore: true,
      }
    },
    /** Tells other nodes what the database said. */
    share(found: SessionWithUser) {
      void cache?.put(found).catch(nothing)
    },
  }
}

/** The cache only saves work: whatever it fails at, the database answers. */
const nothing = () => null
