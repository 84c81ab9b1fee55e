import type { Audit } from '../audit/service.ts'
import type { Log } from '../infra/logging/log.ts'
import type { PushedEvent } from '../infra/wechat/pushed-event.ts'
import type { Revocations } from '../sessions/revocation.ts'
import { placeholderName } from '../users/placeholder-name.ts'
import type { Forgetting, User, UserStore } from '../users/user.ts'
import { CLOSED_NAME } from '../users/user.ts'

const WECHAT = { ip: '', userAgent: 'WeChat push', requestId: 'push' }
/**
 * WeChat's numbers of what is never kept here: car plate, address, invoice, Bluetooth, microphone,
 * camera, steps, places, pictures, files, e-mail.
 * https://developers.weixin.qq.com/miniprogram/dev/server/event_push/platform/authorized_user_information_changes
 */
const NEVER_KEPT = new Set([1, 2, 3, 4, 5, 7, 12, 13, 14, 15, 16, 18])

const MAX_TRACE_LENGTH = 64

const KIND = { face: 'name_wiped', profile: 'profile_wiped', account: 'closed' } as const

type Deps = {
  appId: string
  users: Pick<UserStore, 'findByName' | 'forget'>
  revocations: Revocations
  audit: Audit
  log: Log
}

/** Does what a pushed event obliges to. May run twice for one event without harm. */
export type PushDuties = (event: PushedEvent, requestId: string) => Promise<void>

export const createPushDuties = (deps: Deps): PushDuties => {
  const forget = createForget(deps)
  const verdicts = createVerdicts(deps)
  return async (event, requestId) => {
    switch (event.kind) {
      case 'user_info_modified':
        return forget(event, 'face', requestId)
      case 'user_authorization_revoke':
        if (isAboutWhatIsKept(event.revoked)) return forget(event, 'profile', requestId)
        return deps.log.info({ requestId }, 'a person withdrew data that is not kept here')
      case 'user_authorization_cancellation':
        return forget(event, 'account', requestId)
      case 'wxa_media_check':
        return verdicts(event, requestId)
      case 'other':
        return deps.log.info(
          { requestId, event: event.name },
          'WeChat pushed what has no duty here',
        )
    }
  }
}

/** When WeChat does not say what was withdrawn, or says it by a number of tomorrow: everything. */
const isAboutWhatIsKept = (revoked: readonly number[]) =>
  revoked.length === 0 || !revoked.every((number) => NEVER_KEPT.has(number))

const createForget =
  ({ appId, users, revocations, audit, log }: Deps) =>
  async ({ openid }: { openid: string }, scope: Forgetting['scope'], requestId: string) => {
    const user = await users.findByName({ appId, openid })
    if (user === null) return log.info({ requestId }, 'WeChat pushed about somebody unknown here')
    const ids = await users.forget({
      userId: user.id,
      scope: scopeFor(user, scope),
      nickName: user.status === 2 || scope === 'account' ? CLOSED_NAME : placeholderName(),
      at: new Date(),
    })
    await revocations.announce(ids)
    const who = { user, session: null }
    await audit.record({ kind: KIND[scope], outcome: 'ok' }, who, { ...WECHAT, requestId })
  }

/**
 * Nothing here has media checked, so nothing can act on a verdict: it is logged with what finds the
 * check again, and with how many like it this process has seen.
 */
const createVerdicts = ({ log }: Deps) => {
  const seen = new Map<string, number>()
  return (
    { traceId, suggest, label }: Extract<PushedEvent, { kind: 'wxa_media_check' }>,
    requestId: string,
  ) => {
    const count = (seen.get(suggest) ?? 0) + 1
    seen.set(suggest, count)
    const trace = traceId.slice(0, MAX_TRACE_LENGTH)
    log.warn({ requestId, trace, suggest, label, count }, 'a verdict that nobody here asked for')
  }
}

/** Of somebody who is gone, whatever is left goes. */
const scopeFor = ({ status }: User, scope: Forgetting['scope']) =>
  status === 2 ? 'account' : scope
