import type { OnEvent } from '../events.ts'
import type { TokenLock, TokenStore } from './token-store.ts'

/** A store that never rejects: while it fails nothing is stored and every lock is free. */
export const shieldStore = (store: TokenStore, emit: OnEvent): TokenStore => {
  const failed = () => emit({ type: 'token', action: 'store_failed' })

  return {
    read: (key) =>
      store.read(key).catch(() => {
        failed()
        return null
      }),
    write: (key, token) => store.write(key, token).catch(failed),
    lock: (key, ttlMs) =>
      store.lock(key, ttlMs).then(
        (lock): TokenLock | null => lock && { release: () => lock.release().catch(failed) },
        (): TokenLock => {
          failed()
          return { release: async () => {} }
        },
      ),
  }
}
