import { LRUCache } from 'lru-cache'
import { UserStatus } from '../users/user.ts'
import type { SessionSource } from './reader.ts'
import { createSessionReader } from './reader.ts'
import type { SessionWithUser } from './session.ts'

const LEASE_MS = 60_000
/** Without a feed this node hears of no ending: it has to look. */
const LEASE_WITHOUT_FEED_MS = 1_000
const MAX_LEASES = 50_000

type Lease = { found: SessionWithUser | null; needsFeed: boolean }
type Load = { found: Promise<SessionWithUser | null>; outdated: boolean }

export type SessionLeases = {
  /** The session with its user; at most a second behind every ending anywhere. */
  find(id: string): SessionWithUser | null | Promise<SessionWithUser | null>
  /** Replaces what this node knows, when it knows something. */
  update(found: SessionWithUser): void
  forget(ids: readonly string[]): void
}

/** This node's leases on sessions, then the shared cache, then the database. */
export const createSessionLeases = (source: SessionSource): SessionLeases => {
  const { feed } = source
  const reader = createSessionReader(source)
  const leases = new LRUCache<string, Lease>({ max: MAX_LEASES, ttl: LEASE_MS })
  const loads = createLoads(async (id, load) => {
    const needsFeed = reader.hasFeed()
    const { found, freshForMs, fromStore } = await reader.read(id)
    if (load.outdated) return found
    const longest = needsFeed && isUsable(found) ? LEASE_MS : LEASE_WITHOUT_FEED_MS
    leases.set(id, { found, needsFeed }, { ttl: Math.min(freshForMs, longest) })
    if (fromStore && needsFeed && isUsable(found)) reader.share(found)
    return found
  })

  const forget = (ids: readonly string[]) => {
    for (const id of ids) {
      leases.delete(id)
      loads.outdate(id)
    }
  }
  const forgetAll = () => {
    reader.distrustCache()
    leases.clear()
    loads.outdateAll()
  }
  feed.subscribe({ onForget: forget, onLapse: forgetAll })

  return {
    find(id) {
      const lease = leases.get(id)
      if (lease !== undefined && (!lease.needsFeed || feed.isAlive())) return lease.found
      return loads.find(id)
    },
    update(found) {
      const lease = leases.peek(found.session.id)
      if (lease !== undefined) lease.found = found
    },
    forget,
  }
}

/**
 * A single flight for each session: everyone who asks meanwhile shares one load. What was read before
 * an ending must not be leased after it, so a load can be outdated; later callers then read anew.
 */
const createLoads = (read: (id: string, load: Load) => Promise<SessionWithUser | null>) => {
  const running = new Map<string, Load>()
  const start = (id: string) => {
    const load: Load = { found: Promise.resolve(null), outdated: false }
    running.set(id, load)
    load.found = read(id, load).finally(() => {
      if (running.get(id) === load) running.delete(id)
    })
    return load.found
  }
  const outdate = (id: string) => {
    const load = running.get(id)
    if (load !== undefined) load.outdated = true
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

const isUsable = (found: SessionWithUser | null): found is SessionWithUser =>
  found !== null && found.session.endedAt === null && found.user.status === UserStatus.active
