import { sqltag as sql } from '@prisma/client/runtime/client'
import type { Engine, Transaction } from '../infra/database/engine.ts'
import { groupSignIns } from '../sign-in/group.ts'
import type { UserRow } from '../users/user-row.ts'
import { toUser, USER_COLUMNS } from '../users/user-row.ts'
import type { EndReason, SessionStore } from './session.ts'
import type { SessionRow } from './session-row.ts'
import { ending, liveAt, SESSION_COLUMNS, toSession } from './session-row.ts'

export const createSessionStore = (engine: Engine): SessionStore => ({
  signIn: groupSignIns(engine),

  async find(id) {
    const [row] = await engine.run((client) =>
      client.$queryRaw<(SessionRow & UserRow)[]>(sql`
        SELECT ${SESSION_COLUMNS}, ${USER_COLUMNS}
        FROM wx_session s JOIN wx_user u ON u.id = s.user_id
        WHERE s.id = ${id}`),
    )
    return row === undefined
      ? null
      : { session: toSession(row), user: toUser({ ...row, id: row.userId }) }
  },

  async listLive(userId, now) {
    const rows = await engine.run((client) =>
      client.wxSession.findMany({
        where: { userId, ...liveAt(now) },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        omit: { sealedSessionKey: true },
      }),
    )
    return rows.map(toSession)
  },

  async end({ id, userId }, reason, at) {
    const { count } = await engine.run((client) =>
      client.wxSession.updateMany({
        where: { id, userId, ...liveAt(at) },
        data: ending(reason, at),
      }),
    )
    return count > 0
  },

  endAll: (userId, reason, at) => engine.transact((tx) => endLive(tx, { userId, reason, at })),

  async touch(id, { lastSeenAt, idleExpiresAt }) {
    await engine.run((client) =>
      client.wxSession.updateMany({
        where: { id, ...liveAt(lastSeenAt), lastSeenAt: { lt: lastSeenAt } },
        data: { lastSeenAt, idleExpiresAt },
      }),
    )
  },

  async findSealedSessionKey(id) {
    const row = await engine.run((client) =>
      client.wxSession.findUnique({ where: { id }, select: { sealedSessionKey: true } }),
    )
    return row?.sealedSessionKey ?? null
  },

  async removeExpired(before, limit) {
    const where = { idleExpiresAt: { lt: before } }
    const rows = await engine.run((client) =>
      client.wxSession.findMany({
        where,
        orderBy: { idleExpiresAt: 'asc' },
        take: limit,
        select: { id: true },
      }),
    )
    const ids = rows.map(({ id }) => id)
    // The condition again, because somebody may have used the session in between.
    const { count } = await engine.run((client) =>
      client.wxSession.deleteMany({ where: { id: { in: ids }, ...where } }),
    )
    return count
  },
})

/** Ends every live session of a person; resolves to their ids. */
export const endLive = async (
  tx: Transaction,
  { userId, reason, at }: { userId: number; reason: EndReason; at: Date },
): Promise<string[]> => {
  // The update comes first: SQLite cannot turn a transaction that has read into one that writes when
  // another process wrote in between.
  await tx.wxSession.updateMany({
    where: { userId, ...liveAt(at) },
    data: ending(reason, at),
  })
  const ended = await tx.wxSession.findMany({
    where: { userId, endedAt: at, endedReason: reason },
    select: { id: true },
  })
  return ended.map(({ id }) => id)
}
