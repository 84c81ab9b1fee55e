import { LRUCache } from 'lru-cache'
import type { RevocationFeed } from '../ports/revocation-feed.ts'
import type { KnownSession, SessionCache } from '../ports/session-cache.ts'
import type { SessionStore } from '../ports/sessions.ts'

const LEASE_MS = 60_000
/** Without a feed nobody tells this node that a session ended: it has to look. */
const LEASE_WITHOUT_FEED_MS = 1_000
/** After messages were missed the shared cache may hold ended sessions for as long as entries live. */
const DISTRUST_CACHE_MS = 60_000
const MAX_LEASES = 50_000

type Lease = { known: KnownSession | null; needsFeed: boolean }
type Loading = { found: Promise<KnownSession | null>; outdated: boolean }
type Deps = {
  sessions: Pick<SessionStore, 'find'>
  cache: SessionCache | null
  feed: RevocationFeed
}

export type LiveSessions = {
  /** What is known of a session; at most a second behind every ending anywhere. */
  find(id: string): KnownSession | null | Promise<KnownSession | null>
  /** Replaces what this node knows, when it knows something. */
  update(known: KnownSession): void
  forget(ids: readonly string[]): void
}

/** This node's leases on sessions, then the shared cache, then the database. */
export const createLiveSessions = ({ sessions, cache, feed }: Deps): LiveSessions => {
  const leases = new LRUCache<string, Lease>({ max: MAX_LEASES, ttl: LEASE_MS })
  const loading = new Map<string, Loading>()
  let distrustCacheUntil = performance.now() + DISTRUST_CACHE_MS

  const forget = (ids: readonly string[]) => {
    for (const id of ids) {
      leases.delete(id)
      outdate(loading, id)
    }
  }
  const forgetAll = () => {
    distrustCacheUntil = performance.now() + DISTRUST_CACHE_MS
    leases.clear()
    for (const id of loading.keys()) outdate(loading, id)
  }
  feed.subscribe({ onForget: forget, onLapse: forgetAll })

  const hasFeed = () => feed.shared && feed.isAlive()
  const usableCache = () => (hasFeed() && performance.now() > distrustCacheUntil ? cache : null)

  const read = async (id: string) => {
    const cached = await usableCache()?.get(id).catch(nothing)
    if (cached) return { known: cached.known, leaseMs: Math.min(cached.freshForMs, LEASE_MS) }
    const known = await sessions.find(id)
    return { known, leaseMs: isUsable(known) ? LEASE_MS : LEASE_WITHOUT_FEED_MS, fromStore: true }
  }
  const load = async (id: string, ticket: { outdated: boolean }) => {
    const needsFeed = hasFeed()
    const { known, leaseMs, fromStore } = await read(id)
    if (ticket.outdated) return known
    const ttl = needsFeed ? leaseMs : Math.min(leaseMs, LEASE_WITHOUT_FEED_MS)
    leases.set(id, { known, needsFeed }, { ttl })
    if (fromStore && needsFeed && isUsable(known)) void cache?.put(known).catch(nothing)
    return known
  }
  const startLoading = (id: string) => {
    const ticket: Loading = { found: Promise.resolve(null), outdated: false }
    ticket.found = load(id, ticket).finally(() => {
      if (loading.get(id) === ticket) loading.delete(id)
    })
    loading.set(id, ticket)
    return ticket.found
  }

  return {
    find(id) {
      const lease = leases.get(id)
      if (lease !== undefined && (!lease.needsFeed || feed.isAlive())) return lease.known
      return loading.get(id)?.found ?? startLoading(id)
    },
    update(known) {
      const lease = leases.peek(known.session.id)
      if (lease !== undefined) lease.known = known
    },
    forget,
  }
}

/** What was read before an ending must not be leased after it; later callers read anew. */
const outdate = (loading: Map<string, Loading>, id: string) => {
  const ticket = loading.get(id)
  if (ticket === undefined) return
  ticket.outdated = true
  loading.delete(id)
}

const isUsable = (known: KnownSession | null): known is KnownSession =>
  known !== null && known.session.endedAt === null && known.user.status === 0

/** The cache only saves work: whatever it fails at, the database answers. */
const nothing = () => null
