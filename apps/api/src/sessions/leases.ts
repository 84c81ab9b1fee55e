import { LRUCache } from 'lru-cache'
import type { SessionSource } from './reader.ts'
import { createSessionReader } from './reader.ts'
import type { KnownSession } from './session-cache.ts'

const LEASE_MS = 60_000
/** Without a feed nobody tells this node that a session ended: it has to look. */
const LEASE_WITHOUT_FEED_MS = 1_000
const MAX_LEASES = 50_000

type Lease = { known: KnownSession | null; needsFeed: boolean }
type Ticket = { outdated: boolean }
type Loading = Ticket & { found: Promise<KnownSession | null> }

export type LiveSessions = {
  /** What is known of a session; at most a second behind every ending anywhere. */
  find(id: string): KnownSession | null | Promise<KnownSession | null>
  /** Replaces what this node knows, when it knows something. */
  update(known: KnownSession): void
  forget(ids: readonly string[]): void
}

/** This node's leases on sessions, then the shared cache, then the database. */
export const createLiveSessions = (source: SessionSource): LiveSessions => {
  const { feed } = source
  const reader = createSessionReader(source)
  const leases = new LRUCache<string, Lease>({ max: MAX_LEASES, ttl: LEASE_MS })
  const loading = createLoading(async (id, ticket) => {
    const needsFeed = reader.hasFeed()
    const { known, freshForMs, fromStore } = await reader.read(id)
    if (ticket.outdated) return known
    const longest = needsFeed && isUsable(known) ? LEASE_MS : LEASE_WITHOUT_FEED_MS
    leases.set(id, { known, needsFeed }, { ttl: Math.min(freshForMs, longest) })
    if (fromStore && needsFeed && isUsable(known)) reader.share(known)
    return known
  })

  const forget = (ids: readonly string[]) => {
    for (const id of ids) {
      leases.delete(id)
      loading.outdate(id)
    }
  }
  const forgetAll = () => {
    reader.distrustCache()
    leases.clear()
    loading.outdateAll()
  }
  feed.subscribe({ onForget: forget, onLapse: forgetAll })

  return {
    find(id) {
      const lease = leases.get(id)
      if (lease !== undefined && (!lease.needsFeed || feed.isAlive())) return lease.known
      return loading.find(id)
    },
    update(known) {
      const lease = leases.peek(known.session.id)
      if (lease !== undefined) lease.known = known
    },
    forget,
  }
}

/**
 * Loads a session once for everybody who asks meanwhile. What was read before an ending must not be
 * leased after it, so a load can be outdated; later callers then read anew.
 */
const createLoading = (load: (id: string, ticket: Ticket) => Promise<KnownSession | null>) => {
  const running = new Map<string, Loading>()
  const start = (id: string) => {
    const ticket: Loading = { found: Promise.resolve(null), outdated: false }
    running.set(id, ticket)
    ticket.found = load(id, ticket).finally(() => {
      if (running.get(id) === ticket) running.delete(id)
    })
    return ticket.found
  }
  const outdate = (id: string) => {
    const ticket = running.get(id)
    if (ticket !== undefined) ticket.outdated = true
    running.delete(id)
  }
  return {
    find: (id: string) => running.get(id)?.found ?? start(id),
    outdate,
    outdateAll() {
      for (const id of [...running.keys()]) outdate(id)
    },
  }
}

const isUsable = (known: KnownSession | null): known is KnownSession =>
  known !== null && known.session.endedAt === null && known.user.status === 0
