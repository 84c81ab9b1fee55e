import { createBatches } from '../infra/batches.ts'
import type { Meter } from '../infra/metrics/meter.ts'
import type { SharedCache } from '../infra/shared-state/cache.ts'
import type { Revocation, RevocationFeed } from '../infra/shared-state/revocation-feed.ts'
import type { User } from '../users/user.ts'

const MAX_SIZE = 64
const WIDTH = 4
/** A write that takes longer may have ended sessions without saying so. */
const SLOW_MS = 500
const RETRY_EVERY_MS = 250
/** By then every lease and every cached entry has run out on its own. */
const GIVE_UP_AFTER_MS = 120_000

type Deps = {
  cache: SharedCache | null
  feed: RevocationFeed
  /** Makes this node distrust what it knows, at once. */
  revoke(revocation: Revocation): void
  meter: Pick<Meter, 'revoked'>
}

/** `sessionIds` are those that certainly ended, which the shared cache need not keep. */
type News = Revocation & { sessionIds: readonly string[] }

/** Whose sessions end. The openid alone where a sign-in failed before the public id was known. */
export type RevokedUser = Pick<User, 'publicId'> | Pick<User, 'openid'>

export type Revocations = ReturnType<typeof createRevocations>

/** Tells every node that what it knows of a user's sessions no longer holds. */
export const createRevocations = (deps: Deps) => {
  const publish = createPublish(deps)
  const retries = createRetries(deps)

  const tell = async (news: News): Promise<boolean> => {
    const since = performance.now()
    deps.revoke(news)
    try {
      await publish(news)
      deps.meter.revoked((performance.now() - since) / 1_000)
      return true
    } catch {
      retries.add(news, since)
      return false
    }
  }
  const announce = (user: RevokedUser, sessionIds: readonly string[]): Promise<boolean> =>
    tell({ keys: [keyOf(user)], settled: true, sessionIds })
  const suspect = async (user: RevokedUser): Promise<void> => {
    await tell({ keys: [keyOf(user)], settled: false, sessionIds: [] })
  }

  return {
    /**
     * To be called after the database was changed. False when other nodes could not be told yet: they
     * are told as soon as they can be, and find out by themselves within a minute.
     */
    announce,
    /** The outcome of a write that may have ended sessions of the user is unknown. */
    suspect,
    /**
     * Runs a write that ends sessions of the user, and announces it. When the write fails its outcome
     * may be unknown, for example because the answer to COMMIT was lost: then every node looks up the
     * user's sessions in the database every second, until the outcome must have shown. So they do while
     * the write takes long, because whoever asked for it may have been answered by then.
     */
    async ending<Ids extends readonly string[] | null>(
      user: RevokedUser,
      write: () => Promise<Ids>,
    ): Promise<{ ids: Ids; everywhere: boolean }> {
      const slow = setTimeout(() => void suspect(user), SLOW_MS).unref()
      try {
        const ids = await write()
        return { ids, everywhere: ids === null || (await announce(user, ids)) }
      } catch (error) {
        await suspect(user)
        throw error
      } finally {
        clearTimeout(slow)
      }
    },
    /** How many users' endings other nodes have not been told of. */
    pending: () => retries.size(),
    close: () => retries.close(),
  }
}

/** Endings that meet, as those of sign-ins that share a transaction, share a message to other nodes. */
const createPublish = ({ cache, feed }: Deps) => {
  const publishAll = async (news: readonly News[]) => {
    const sessionIds = news.flatMap((one) => one.sessionIds)
    // Nodes that hear the news do not ask the cache for a while; what it still holds is only old data.
    if (sessionIds.length > 0) void cache?.forget(sessionIds).catch(ignore)
    const settled = news.every((one) => one.settled)
    await feed.publish({ keys: news.flatMap(({ keys }) => keys), settled })
    return news.map(() => true as const)
  }
  if (!feed.shared) return (news: News) => publishAll([news])
  return createBatches<News, true>({
    process: publishAll,
    leftNothing: () => false,
    belongs: (first, one) => first.settled === one.settled,
    maxSize: MAX_SIZE,
    width: WIDTH,
  })
}

/** Publishes again what could not be published, until it can be, or until it no longer matters. */
const createRetries = ({ feed, meter }: Pick<Deps, 'feed' | 'meter'>) => {
  /** Key → whether its sessions certainly ended, and until when that is still worth announcing. */
  const pending = new Map<string, { settled: boolean; since: number; until: number }>()
  let timer: NodeJS.Timeout | undefined
  let closed = false

  const dropExpired = () => {
    for (const [key, { until }] of pending) if (until < performance.now()) pending.delete(key)
  }
  const retry = async () => {
    dropExpired()
    try {
      for (const settled of [true, false]) {
        const keys = [...pending].filter(([, one]) => one.settled === settled).map(([key]) => key)
        if (keys.length === 0) continue
        await feed.publish({ keys, settled })
        for (const key of keys) {
          const since = pending.get(key)?.since
          if (since !== undefined) meter.revoked((performance.now() - since) / 1_000)
          pending.delete(key)
        }
      }
    } catch {
      retryLater()
    }
  }
  const retryLater = () => {
    if (closed || pending.size === 0) return
    clearTimeout(timer)
    timer = setTimeout(() => void retry(), RETRY_EVERY_MS).unref()
  }
  return {
    size: () => pending.size,
    add({ keys, settled }: Revocation, since: number) {
      const until = performance.now() + GIVE_UP_AFTER_MS
      for (const key of keys) pending.set(key, { settled, since, until })
      retryLater()
    },
    async close() {
      closed = true
      clearTimeout(timer)
      await retry()
    },
  }
}

const keyOf = (user: RevokedUser) => ('publicId' in user ? user.publicId : user.openid)

const ignore = () => {}
