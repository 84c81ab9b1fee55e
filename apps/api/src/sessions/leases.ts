import { LRUCache } from 'lru-cache'
import type { Revocation } from '../infra/shared-state/revocation-feed.ts'
import { UserStatus } from '../users/user.ts'
import type { SessionSource } from './reader.ts'
import { createSessionReader } from './reader.ts'
import { createRevokedUsers } from './revoked-users.ts'
import type { SessionWithUser } from './session.ts'

const LEASE_MS = 60_000
/** Where no news can be relied on, this node has to look. */
const SHORT_LEASE_MS = 1_000
const MAX_LEASES = 50_000

type Lease = { found: SessionWithUser | null; publicId: string; needsFeed: boolean }
type Load = { found: Promise<SessionWithUser | null>; publicId: string; outdated: boolean }

/** What a verified token names: the session and its user. */
export type TokenSubject = { sid: string; sub: string }

export type SessionLeases = ReturnType<typeof createSessionLeases>

/** This node's leases on sessions, then the shared cache, then the database. */
export const createSessionLeases = (source: SessionSource) => {
  const { feed } = source
  const reader = createSessionReader(source)
  const revoked = createRevokedUsers({ onOverflow: reader.distrustCache })
  const byUser = new Map<string, Set<string>>()
  const leases = new LRUCache<string, Lease>({
    max: MAX_LEASES,
    ttl: LEASE_MS,
    dispose: ({ publicId }, id) => {
      const ids = byUser.get(publicId)
      ids?.delete(id)
      if (ids?.size === 0) byUser.delete(publicId)
    },
  })
  const lease = (id: string, entry: Lease, ttl: number) => {
    leases.set(id, entry, { ttl })
    const ids = byUser.get(entry.publicId) ?? new Set()
    byUser.set(entry.publicId, ids.add(id))
  }

  const loads = createLoads(async ({ sid, sub }, load) => {
    const needsFeed = reader.hasFeed()
    const { found, freshForMs, fromStore } = await reader.read(sid, (user) =>
      revoked.latest(user === null ? [sub] : [sub, user.openid], performance.now()),
    )
    if (load.outdated) return found
    const keys = found === null ? [sub] : [sub, found.user.openid]
    const settled = revoked.latest(keys, performance.now())?.settled ?? true
    const isLong = needsFeed && settled && isUsable(found)
    const ttl = Math.min(freshForMs, isLong ? LEASE_MS : SHORT_LEASE_MS)
    lease(sid, { found, publicId: sub, needsFeed }, ttl)
    if (fromStore && isLong) reader.share(found)
    return found
  })

  const revoke = ({ keys, settled }: Revocation) => {
    revoked.add(keys, settled, performance.now())
    for (const key of keys) {
      const ids = byUser.get(key) ?? idsOfOpenid(leases, key)
      for (const id of [...ids]) leases.delete(id)
    }
    loads.outdate((load) => keys.includes(load.publicId) || !keys.every(isPublicId))
  }
  feed.subscribe({
    onRevoke: revoke,
    onLapse() {
      reader.distrustCache()
      leases.clear()
      loads.outdate(() => true)
    },
  })

  return {
    /** The session with its user; at most a second behind every ending anywhere. */
    find(subject: TokenSubject): SessionWithUser | null | Promise<SessionWithUser | null> {
      const held = leases.get(subject.sid)
      if (held?.publicId === subject.sub && (!held.needsFeed || feed.isAlive())) return held.found
      return loads.find(subject)
    },
    /** Replaces what this node knows, when it knows something. */
    update(found: SessionWithUser) {
      const held = leases.peek(found.session.id)
      if (held !== undefined) held.found = found
    },
    revoke,
  }
}

const PUBLIC_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const isPublicId = (key: string) => PUBLIC_ID.test(key)

/** Rare: only where a sign-in failed before its user was known. */
const idsOfOpenid = (leases: LRUCache<string, Lease>, openid: string): string[] =>
  isPublicId(openid)
    ? []
    : [...leases.entries()]
        .filter(([, { found }]) => found?.user.openid === openid)
        .map(([id]) => id)

/**
 * A single flight for each session: everyone who asks meanwhile shares one load. What was read before
 * an ending must not be leased after it, so a load can be outdated; later callers then read anew.
 */
const createLoads = (
  read: (subject: TokenSubject, load: Load) => Promise<SessionWithUser | null>,
) => {
  const running = new Map<string, Load>()
  const start = (subject: TokenSubject) => {
    const { sid, sub } = subject
    const load: Load = { found: Promise.resolve(null), publicId: sub, outdated: false }
    running.set(sid, load)
    load.found = read(subject, load).finally(() => {
      if (running.get(sid) === load) running.delete(sid)
    })
    return load.found
  }
  return {
    find(subject: TokenSubject) {
      const load = running.get(subject.sid)
      return load?.publicId === subject.sub ? load.found : start(subject)
    },
    outdate(isOutdated: (load: Load) => boolean) {
      for (const [id, load] of [...running]) {
        if (!isOutdated(load)) continue
        load.outdated = true
        running.delete(id)
      }
    },
  }
}

const isUsable = (found: SessionWithUser | null): found is SessionWithUser =>
  found !== null && found.session.endedAt === null && found.user.status === UserStatus.active
