import type { Sql } from '@prisma/client/runtime/client'
import { join, sqltag as sql } from '@prisma/client/runtime/client'
import type { Engine } from '../infra/database/engine.ts'
import type { LoginEvent, LoginEventStore } from './login-event.ts'
import { cutUserAgent } from './user-agent.ts'

export const createLoginEventStore = (engine: Engine): LoginEventStore => ({
  async append(event) {
    await engine.run((client) => client.$executeRaw(insertLoginEvents([event])))
  },

  async removeBefore(before, limit) {
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
      ${event.sessionId}, ${event.ip}, ${cutUserAgent(event.userAgent)}, ${event.requestId})`,
  )
  return sql`
    INSERT INTO login_event (
      at, kind, outcome, appid, user_id, session_id, ip, user_agent, request_id
    ) VALUES ${join(rows)}`
}
