import { DatabaseUnavailable } from '../infra/database/database.ts'
import type { Log } from '../infra/logging/log.ts'
import type { Session } from '../sessions/session.ts'
import type { User } from '../users/user.ts'
import type { Caller } from './caller.ts'
import type { LoginEvent, LoginEventStore } from './login-event.ts'

export type Audit = {
  /** Appends a login event. A failure is logged: what it tells of has already happened. */
  record(
    what: Pick<LoginEvent, 'kind' | 'outcome'>,
    who: { user: User | null; session: Pick<Session, 'id'> | null },
    caller: Caller,
  ): Promise<void>
}

export const createAudit = ({
  events,
  appId,
  log,
}: {
  events: LoginEventStore
  appId: string
  log: Log
}): Audit => ({
  async record(what, { user, session }, { ip, userAgent, requestId }) {
    const event = { at: new Date(), appId, ip, userAgent, requestId }
    const who = { userId: user?.id ?? null, sessionId: session?.id ?? null }
    try {
      await events.append({ ...event, ...who, ...what })
    } catch (err) {
      const level = err instanceof DatabaseUnavailable ? 'warn' : 'error'
      log[level]({ err, kind: what.kind, outcome: what.outcome }, 'login event was not recorded')
    }
  },
})
