import type { Clock } from '../infra/database/clock.ts'
import { DatabaseUnavailable } from '../infra/database/failures.ts'
import type { Log } from '../infra/logging/log.ts'
import type { Caller } from './caller.ts'
import type { LoginEvent } from './login-event.ts'
import type { LoginEventStore } from './sql.ts'

type Deps = { events: Pick<LoginEventStore, 'append'>; clock: Clock; appId: string; log: Log }

export type AuditLog = ReturnType<typeof createAuditLog>

export const createAuditLog = ({ events, clock, appId, log }: Deps) => ({
  /** Appends a login event. A failure is logged: what the event tells of has already happened. */
  async record(
    { kind, outcome }: Pick<LoginEvent, 'kind' | 'outcome'>,
    { user, session }: { user: { id: number } | null; session: { id: string } | null },
    { ip, userAgent, requestId }: Caller,
  ): Promise<void> {
    const event: LoginEvent = {
      at: new Date(clock.now()),
      kind,
      outcome,
      appId,
      userId: user?.id ?? null,
      sessionId: session?.id ?? null,
      ip,
      userAgent,
      requestId,
    }
    try {
      await events.append(event)
    } catch (err) {
      const level = err instanceof DatabaseUnavailable ? 'warn' : 'error'
      log[level]({ err, kind, outcome }, 'login event was not recorded')
    }
  },
})
