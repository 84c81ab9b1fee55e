import type { Engine } from '../infra/database/engine.ts'
import { insertInto } from '../infra/database/statement.ts'
import type { LoginEvent } from './login-event.ts'

export type LoginEventStore = ReturnType<typeof createLoginEventStore>

export const createLoginEventStore = (engine: Engine) => ({
  async append(event: LoginEvent): Promise<void> {
    await engine.pipeline(async (pipeline) => pipeline.send(INSERT_LOGIN_EVENTS, [event]))
  },

  /** Of one user, the newest first. */
  listNewest: ({ userId, limit }: { userId: number; limit: number }) =>
    engine.run((client) =>
      client.loginEvent.findMany({
        where: { userId },
        orderBy: { id: 'desc' },
        take: limit,
        // The columns that the server's own database user may read.
        select: { at: true, kind: true, outcome: true, ip: true, userAgent: true },
      }),
    ),

  /**
   * Deletes at most `limit` events before `before`, the oldest first; resolves to how many they were.
   * For operators: the server's own database user may not.
   */
  async removeBefore(before: Date, limit: number): Promise<number> {
    const rows = await engine.run((client) =>
      client.loginEvent.findMany({
        where: { at: { lt: before } },
        orderBy: { at: 'asc' },
        take: limit,
        select: { id: true },
      }),
    )
    const { count } = await engine.run((client) =>
      client.loginEvent.deleteMany({ where: { id: { in: rows.map(({ id }) => id) } } }),
    )
    if (count < limit) await engine.eraseTraces()
    return count
  },
})

export const INSERT_LOGIN_EVENTS = insertInto<LoginEvent>('login_event', {
  at: ({ at }) => at,
  kind: ({ kind }) => kind,
  outcome: ({ outcome }) => outcome,
  appid: ({ appId }) => appId,
  user_id: ({ userId }) => userId,
  session_id: ({ sessionId }) => sessionId,
  ip: ({ ip }) => ip,
  user_agent: ({ userAgent }) => userAgent,
  request_id: ({ requestId }) => requestId,
})
