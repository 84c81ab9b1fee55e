import type { Sql } from '@prisma/client/runtime/client'
import { join, sqltag as sql } from '@prisma/client/runtime/client'
import type { Engine } from '../infra/database/engine.ts'
import type { LoginEvent } from './login-event.ts'

export type LoginEventStore = ReturnType<typeof createLoginEventStore>

export const createLoginEventStore = (engine: Engine) => ({
  async append(event: LoginEvent): Promise<void> {
    await engine.run((client) => client.$executeRaw(insertLoginEvents([event])))
  },

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

export const insertLoginEvents = (events: LoginEvent[]): Sql => {
  const rows = events.map(
    (event) => sql`(
      ${event.at}, ${event.kind}, ${event.outcome}, ${event.appId}, ${event.userId},
      ${event.sessionId}, ${event.ip}, ${event.userAgent}, ${event.requestId})`,
  )
  return sql`
    INSERT INTO login_event (
      at, kind, outcome, appid, user_id, session_id, ip, user_agent, request_id
    ) VALUES ${join(rows)}`
}
