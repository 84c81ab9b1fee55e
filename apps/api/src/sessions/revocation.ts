import { createBatches } from '../infra/batches.ts'
import type { SharedCache } from '../infra/shared-state/cache.ts'
import type { RevocationFeed } from '../infra/shared-state/revocation-feed.ts'

const MAX_SIZE = 64
const WIDTH = 4
const RETRY_EVERY_MS = 250
/** By then every lease and every cached entry has run out on its own. */
const GIVE_UP_AFTER_MS = 120_000

type Deps = {
  cache: SharedCache | null
  feed: RevocationFeed
  /** Makes this node forget, at once. */
  forget(ids: readonly string[]): void
}

export type Revocations = {
  /**
   * Tells every node that what it knows of these sessions no longer holds; to be called after the
   * database was changed. False when other nodes could not be told yet: it is tried again until
   * they are, and they find out by themselves within a minute.
   */
  announce(ids: readonly string[]): Promise<boolean>
  close(): Promise<void>
}

export const createRevocations = (deps: Deps): Revocations => {
  /** Session id → when it need not be announced any more. */
  const pending = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined
  let closed = false

  const tell = createTell(deps)
  const retry = async () => {
    dropExpired(pending)
    const ids = [...pending.keys()]
    if (ids.length === 0) return
    try {
      await tell(ids)
      for (const id of ids) pending.delete(id)
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
    async announce(ids) {
      if (ids.length === 0) return true
      deps.forget(ids)
      try {
        await tell(ids)
        return true
      } catch {
        for (const id of ids) pending.set(id, performance.now() + GIVE_UP_AFTER_MS)
        retryLater()
        return false
      }
    },
    async close() {
      closed = true
      clearTimeout(timer)
      await retry()
    },
  }
}

/** Endings that meet, as those of sign-ins that share a transaction, share a message to other nodes. */
const createTell = ({ cache, feed }: Deps) => {
  const tell = async (ids: readonly string[]) => {
    await cache?.forget(ids)
    await feed.publish(ids)
  }
  const tellTogether = createBatches<readonly string[], true>({
    process: async (lists) => {
      await tell(lists.flat())
      return lists.map(() => true as const)
    },
    leftNothing: () => false,
    belongs: () => true,
    maxSize: MAX_SIZE,
    width: WIDTH,
  })
  return feed.shared ? tellTogether : tell
}

const dropExpired = (pending: Map<string, number>) => {
  for (const [id, until] of pending) if (until < performance.now()) pending.delete(id)
}
