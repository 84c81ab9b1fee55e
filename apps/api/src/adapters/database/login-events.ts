import { sqltag as sql } from '@prisma/client/runtime/client'
import type { LoginEvent, LoginEventStore } from '../../ports/login-events.ts'
import type { Engine, Transaction } from './engine.ts'
import { cutUserAgent } from './user-agent.ts'

export const createLoginEventStore = (engine: Engine): LoginEventStore => ({
  async append(event) {
    await engine.run((client) => appendLoginEvent(client, event))
  },
})

export const appendLoginEvent = (client: Pick<Transaction, '$executeRaw'>, event: LoginEvent) =>
  client.$executeRaw(sql`
    INSERT INTO login_event (
      at, kind, outcome, appid, user_id, session_id, ip, user_agent, request_id
    ) VALUES (
      ${event.at}, ${event.kind}, ${event.outcome}, ${event.appId}, ${event.userId},
      ${event.sessionId}, ${event.ip}, ${cutUserAgent(event.userAgent)}, ${event.requestId}
    )`)
