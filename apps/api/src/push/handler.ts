import { CLOSED_NAME } from '../account/erasure.ts'
import type { AccountStore } from '../account/sql.ts'
import type { AuditLog } from '../audit/service.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { Log } from '../infra/logging/log.ts'
import type { ConsentEvent, PushedEvent } from '../infra/wechat/pushed-event.ts'
import type { Revocations } from '../sessions/revocation.ts'
import { placeholderName } from '../users/placeholder-name.ts'
import type { UserStore } from '../users/sql.ts'
import type { Withdrawal } from './policy.ts'
import { erasureFor, withdrawnBy } from './policy.ts'

const WECHAT = { ip: '', userAgent: 'WeChat push' }
const MAX_TRACE_LENGTH = 64

type Deps = {
  users: Pick<UserStore, 'findByKey'>
  accounts: Pick<AccountStore, 'erase'>
  revocations: Revocations
  clock: Clock
  audit: AuditLog
  /** Acts on the verdict of a check that was asked for here; false for any other. */
  onVerdict(verdict: { appId: string; traceId: string; suggest: string }): Promise<boolean>
  /** Counts consents to subscribe messages. */
  onConsent(event: ConsentEvent): Promise<unknown>
  log: Log
}

/** Acts on a pushed event. May run twice for one event without harm. */
export type PushHandler = (event: PushedEvent, requestId: string) => Promise<void>

export const createPushHandler = (deps: Deps): PushHandler => {
  const erase = createErase(deps)
  const logVerdict = createLogVerdict(deps)
  return async (event, requestId) => {
    if (event.kind === 'wxa_media_check') {
      if (!(await deps.onVerdict(event))) logVerdict(event, requestId)
      return
    }
    if (event.kind === 'message_consent') {
      await deps.onConsent(event)
      return
    }
    if (event.kind === 'other') {
      return deps.log.info({ requestId, event: event.name }, 'WeChat pushed an unhandled event')
    }
    return erase(event, requestId)
  }
}

const createErase =
  ({ users, accounts, revocations, clock, audit, log }: Deps) =>
  async (event: Withdrawal & { appId: string }, requestId: string) => {
    const { appId, openid } = event
    const withdrawn = withdrawnBy(event)
    if (withdrawn === null) {
      return log.info({ requestId }, 'a user withdrew consent to data that is not kept here')
    }
    const user = await users.findByKey({ appId, openid })
    if (user === null) return log.info({ requestId }, 'WeChat pushed about an unknown user')
    const { scope, keepsName, eventKind } = erasureFor(user.status, withdrawn)
    const nickName = keepsName ? placeholderName() : CLOSED_NAME
    await revocations.ending(user, () =>
      accounts.erase({ userId: user.id, scope, nickName, at: new Date(clock.now()) }),
    )
    const who = { user, session: null }
    await audit.record({ kind: eventKind, outcome: 'ok' }, who, { ...WECHAT, appId, requestId })
  }

/**
 * Another service may have asked with this server's credential; or the picture was replaced since. The
 * trace finds the check again, and the count says how many like it this process has seen.
 */
const createLogVerdict = ({ log }: Deps) => {
  const seen = new Map<string, number>()
  return (
    { traceId, suggest, label }: Extract<PushedEvent, { kind: 'wxa_media_check' }>,
    requestId: string,
  ) => {
    const count = (seen.get(suggest) ?? 0) + 1
    seen.set(suggest, count)
    const trace = traceId.slice(0, MAX_TRACE_LENGTH)
    log.warn(
      { requestId, trace, suggest, label, count },
      'a verdict on media that is not checked here',
    )
  }
}
