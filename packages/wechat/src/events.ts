import type { WeChatErrorReason } from './errors.ts'

export type BreakerState = 'closed' | 'open' | 'half-open'

/** What a caller may want to log or count. Carries no secret and no data about a user. */
export type WeChatEvent =
  /** `policy` names the group of calls: `login` for sign-in, `api` for those with an access_token. */
  | { type: 'breaker'; state: BreakerState; policy: string }
  | { type: 'retry'; path: string; reason: WeChatErrorReason }
  | { type: 'slow'; path: string; durationMs: number }
  /** WeChat is about to retire the platform certificate `sn`: download its successor. Emitted once. */
  | { type: 'certificate'; action: 'deprecated'; sn: string }
  /** `store_failed`: each node renews its own token until the store works again. */
  | { type: 'token'; action: 'renewed' | 'renewal_failed' | 'store_failed' }

/** One call that WeChat was asked, or refused to be asked while the breaker is open. Without any secret. */
export type WeChatCall = {
  path: string
  durationMs: number
  /** `aborted` when the caller lost interest. */
  outcome: 'ok' | WeChatErrorReason | 'aborted'
  /** WeChat's number where the outcome is not `ok`; null when no usable answer arrived. */
  errcode: number | null
}

/** Called after every call, for measurements; called often. */
export type OnCall = (call: WeChatCall) => void

export type OnEvent = (event: WeChatEvent) => void

/** Calls the observer; what it throws cannot fail a call. */
export const createEmitter =
  <T>(observer: ((event: T) => void) | undefined): ((event: T) => void) =>
  (event) => {
    try {
      observer?.(event)
    } catch {
      // A call must not fail because its event could not be logged.
    }
  }
