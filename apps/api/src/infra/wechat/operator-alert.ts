import type { WeChatError } from '@oa/wechat'
import type { WeChatContext, WeChatOutcome } from '../../errors/wechat-errors.ts'
import { outcomeOf } from '../../errors/wechat-errors.ts'
import type { Log } from '../logging/log.ts'

const REPEAT_MS = 60_000

type Alert = NonNullable<WeChatOutcome['alert']>

const TEXTS: Record<Alert, string> = {
  misconfigured: 'WeChat refuses this server: check WX_APPID and WX_SECRET, or WX_APPS',
  quota_exhausted: "a day's quota of WeChat is spent: raise it, or find out who spends it",
}

/** Logs an error for the operator when only an operator can repair it; each kind once a minute
 * for each mini-program. */
export type AlertOperator = (context: WeChatContext, error: WeChatError, appId: string) => void

export const createOperatorAlert = (log: Log): AlertOperator => {
  const alertedAt = new Map<string, number>()
  return (context, error, appId) => {
    const { alert } = outcomeOf(context, error)
    if (alert === undefined) return
    const key = `${appId} ${alert}`
    const last = alertedAt.get(key) ?? Number.NEGATIVE_INFINITY
    if (performance.now() - last < REPEAT_MS) return
    alertedAt.set(key, performance.now())
    log.error({ err: error, appId }, TEXTS[alert])
  }
}
