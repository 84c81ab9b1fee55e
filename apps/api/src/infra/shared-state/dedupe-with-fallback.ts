import type { PushLedger } from '@oa/wechat'
import { createMemoryPushLedger } from '@oa/wechat'

/**
 * The store that all nodes share, and while it fails this process's own: a push may then be handled
 * once on each node, which does no harm; turned away three times, it would be lost.
 */
export const withFallback = (shared: PushLedger): PushLedger => {
  const own = createMemoryPushLedger()
  return {
    claim: (...entry) => shared.claim(...entry).catch(() => own.claim(...entry)),
    put: (...entry) => shared.put(...entry).catch(() => own.put(...entry)),
    remove: (key) => shared.remove(key).catch(() => own.remove(key)),
  }
}
