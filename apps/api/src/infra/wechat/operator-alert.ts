import type { Log } from '../logging/log.ts'
import type { WeChatFailure, WeChatFailureKind } from './types.ts'

const REPEAT_MS = 60_000

/** What does not pass by itself, and who has to do what. */
const CALLS: Partial<Record<WeChatFailureKind, string>> = {
  misconfigured: 'WeChat refuses this server: check WX_APPID and WX_SECRET',
  quota_spent: "a day's quota of WeChat is spent: raise it, or find out who spends it",
}

/** Calls an operator when WeChat fails in a way that only he can repair; once a minute for each way. */
export type Alarm = (failure: WeChatFailure) => void

export const createAlarm = (log: Log): Alarm => {
  const calledAt = new Map<WeChatFailureKind, number>()
  return (failure) => {
    const call = CALLS[failure.kind]
    const last = calledAt.get(failure.kind) ?? Number.NEGATIVE_INFINITY
    if (call === undefined || performance.now() - last < REPEAT_MS) return
    calledAt.set(failure.kind, performance.now())
    log.error({ err: failure }, call)
  }
}
