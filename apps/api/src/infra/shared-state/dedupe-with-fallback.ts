import type { DedupeStore } from '@oa/wechat'
import { createMemoryDedupeStore } from '@oa/wechat'

/**
 * The store that all nodes share, and while it fails this process's own: a push may then be handled
 * once on each node, which does no harm; turned away three times, it would be lost.
 */
export const withFallback = (shared: DedupeStore): DedupeStore => {
  const own = createMemoryDedupeStore()
  return {
    claim: (...entry) => shared.claim(...entry).catch(() => own.claim(...entry)),
    put: (...entry) => shared.put(...entry).catch(() => own.put(...entry)),
    remove: (key) => shared.remove(key).catch(() => own.remove(key)),
  }
}
