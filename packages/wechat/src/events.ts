import type { WeChatErrorReason } from './errors.ts'

export type BreakerState = 'closed' | 'open' | 'half-open'

/** What the caller may want in a log or a metric. Carries no secret and nothing about a person. */
export type WeChatEvent =
  /** `policy` names the group of calls: `login` for sign-in, `api` for those with an access_token. */
  | { type: 'breaker'; state: BreakerState; policy: string }
  | { type: 'retry'; path: string; reason: WeChatErrorReason }
  | { type: 'slow'; path: string; durationMs: number }
  /** WeChat is about to give up the platform certificate `sn`: download its successor. Told once. */
  | { type: 'certificate'; action: 'deprecated'; sn: string }
  /** `store_failed`: nodes renew each for themselves until the store is back. */
  | { type: 'token'; action: 'renewed' | 'renewal_failed' | 'store_failed' }

export type OnEvent = (event: WeChatEvent) => void

/** An observer whose own mistakes cannot fail a call. */
export const createEmitter =
  (onEvent: OnEvent | undefined): OnEvent =>
  (event) => {
    try {
      onEvent?.(event)
    } catch {
      // The call is worth more than its log line.
    }
  }
