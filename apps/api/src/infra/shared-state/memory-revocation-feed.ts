import type { RevocationFeed } from './revocation-feed.ts'

/** The feed of a process that stands alone. It cannot hear a command line that ends sessions. */
export const createLocalRevocationFeed = (): RevocationFeed => {
  const listeners: Parameters<RevocationFeed['subscribe']>[0][] = []
  return {
    shared: false,
    isAlive: () => true,
    async publish(ids) {
      for (const { onForget } of listeners) onForget(ids)
    },
    subscribe(listener) {
      listeners.push(listener)
    },
    async close() {},
  }
}
