import type { RevocationFeed } from './revocation-feed.ts'

/** The feed of a process without Redis. It cannot hear a command line that ends sessions. */
export const createLocalRevocationFeed = (): RevocationFeed => {
  const listeners: Parameters<RevocationFeed['subscribe']>[0][] = []
  return {
    shared: false,
    isAlive: () => true,
    isConnected: () => true,
    async publish(revocation) {
      for (const { onRevoke } of listeners) onRevoke(revocation)
    },
    subscribe(listener) {
      listeners.push(listener)
    },
    async close() {},
  }
}
