import { BusinessError, errnoName } from '../errors/business-error.ts'
import type { Clock } from '../infra/database/clock.ts'
import { DatabaseUnavailable } from '../infra/database/failures.ts'
import type { Log } from '../infra/logging/log.ts'
import type { Meter } from '../infra/metrics/meter.ts'
import type { Caller } from './caller.ts'
import type { LoginEvent } from './login-event.ts'
import type { LoginEventStore } from './sql.ts'

type Deps = {
  events: Pick<LoginEventStore, 'append'>
  clock: Clock
  log: Log
  meter: Pick<Meter, 'loginEvent'>
}

export type AuditLog = ReturnType<typeof createAuditLog>

type What = Pick<LoginEvent, 'kind' | 'outcome'>
type Who = { user: { id: number } | null; session: { id: string } | null }

export const createAuditLog = ({ events, clock, log, meter }: Deps) => {
  /** Appends a login event. A failure is logged: what the event tells of has already happened. */
  const record = async (
    { kind, outcome }: What,
    { user, session }: Who,
    { appId, ip, userAgent, requestId }: Caller,
  ): Promise<void> => {
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
    meter.loginEvent({ kind, outcome })
    try {
      await events.append(event)
    } catch (err) {
      const level = err instanceof DatabaseUnavailable ? 'warn' : 'error'
      log[level]({ err, kind, outcome }, 'login event was not recorded')
    }
  }

  return {
    record,
    /** Counts an event that was written in a transaction of its feature. */
    count: meter.loginEvent,
    /** What `work` gives. When it is refused, that is recorded as `kind` with the name of the errno. */
    async recordRefusal<T>(
      kind: LoginEvent['kind'],
      who: Who,
      caller: Caller,
      work: () => Promise<T>,
    ): Promise<T> {
      try {
        return await work()
      } catch (error) {
        if (error instanceof BusinessError) {
          await record({ kind, outcome: errnoName(error.errno) }, who, caller)
        }
        throw error
      }
    },
  }
}
