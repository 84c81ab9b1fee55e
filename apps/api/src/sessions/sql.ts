import { sqltag as sql } from '@prisma/client/runtime/client'
import type { Engine, Transaction } from '../infra/database/engine.ts'
import type { UserRow } from '../users/user-row.ts'
import { toUser, USER_COLUMNS } from '../users/user-row.ts'
import type { EndReason, Session, SessionWithUser } from './session.ts'
import type { SessionRow } from './session-row.ts'
import { liveAt, SESSION_COLUMNS, toSession } from './session-row.ts'

export type SessionStore = ReturnType<typeof createSessionStore>

export const createSessionStore = (engine: Engine) => ({
  /** The session with its user, ended or not; null when there is none. */
  async find(id: string): Promise<SessionWithUser | null> {
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

  /** Sessions neither ended nor expired at `now`, the newest first. */
  async listLive(userId: number, now: Date): Promise<Session[]> {
    const rows = await engine.run((client) =>
      client.wxSession.findMany({
        where: { userId, ...liveAt(now) },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        omit: { sealedSessionKey: true },
      }),
    )
    return rows.map(toSession)
  },

  /** Ends one live session of that user; resolves to its id, or to nothing when there was none. */
  async end(
    { id, userId }: { id: string; userId: number },
    reason: EndReason,
    at: Date,
  ): Promise<string[]> {
    const { count } = await engine.run((client) =>
      client.wxSession.updateMany({
        where: { id, userId, ...liveAt(at) },
        data: endedFields(reason, at),
      }),
    )
    return count > 0 ? [id] : []
  },

  /** Ends every live session of a user, or all but one, in one transaction; resolves to their ids. */
  endAll: (
    userId: number,
    reason: EndReason,
    at: Date,
    { except }: { except?: string } = {},
  ): Promise<string[]> =>
    engine.transact((tx) => endLiveSessions(tx, { userId, reason, at, except })),

  /** Records that a live session was used. Never revives an ended one. */
  async touch(
    id: string,
    { lastSeenAt, idleExpiresAt }: Pick<Session, 'lastSeenAt' | 'idleExpiresAt'>,
  ): Promise<void> {
    await engine.run((client) =>
      client.wxSession.updateMany({
        where: { id, ...liveAt(lastSeenAt), lastSeenAt: { lt: lastSeenAt } },
        data: { lastSeenAt, idleExpiresAt },
      }),
    )
  },

  /** The sealed session_key of a live session; gone (null) once it ended. */
  async findSealedSessionKey(id: string): Promise<string | null> {
    const row = await engine.run((client) =>
      client.wxSession.findUnique({ where: { id }, select: { sealedSessionKey: true } }),
    )
    return row?.sealedSessionKey ?? null
  },

  /** The sealed session_keys of the user's live sessions, the newest first. */
  async listSealedKeys(
    userId: number,
    now: Date,
  ): Promise<{ sessionId: string; sealed: string }[]> {
    const rows = await engine.run((client) =>
      client.wxSession.findMany({
        where: { userId, ...liveAt(now) },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        select: { id: true, sealedSessionKey: true },
      }),
    )
    return rows.flatMap(({ id, sealedSessionKey: sealed }) =>
      sealed === null ? [] : [{ sessionId: id, sealed }],
    )
  },

  /** Gives a session another sealed session_key; one that ended meanwhile keeps none. */
  async replaceKey(id: string, sealedSessionKey: string): Promise<void> {
    await engine.run((client) =>
      client.wxSession.updateMany({ where: { id, endedAt: null }, data: { sealedSessionKey } }),
    )
  },

  /**
   * Deletes at most `limit` sessions, ended or not, whose idle end was before `before`, and with them
   * their keys; the oldest first. Resolves to how many they were: fewer than `limit` when none is left.
   */
  async removeExpired(before: Date, limit: number): Promise<number> {
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
    // The condition again, because the session may have been used in between.
    const { count } = await engine.run((client) =>
      client.wxSession.deleteMany({ where: { id: { in: ids }, ...where } }),
    )
    return count
  },
})

/** Ends every live session of a user; resolves to their ids. */
export const endLiveSessions = async (
  tx: Transaction,
  {
    userId,
    reason,
    at,
    except,
  }: { userId: number; reason: EndReason; at: Date; except?: string | undefined },
): Promise<string[]> => {
  // The update comes first: SQLite cannot turn a transaction that has read into one that writes when
  // another process wrote in between.
  await tx.wxSession.updateMany({
    where: { userId, ...liveAt(at), ...(except === undefined ? {} : { id: { not: except } }) },
    data: endedFields(reason, at),
  })
  const ended = await tx.wxSession.findMany({
    where: { userId, endedAt: at, endedReason: reason },
    select: { id: true },
  })
  return ended.map(({ id }) => id)
}

/** What an update writes to end a session: its key goes with it. */
export const endedFields = (endedReason: EndReason, endedAt: Date) => ({
  endedAt,
  endedReason,
  sealedSessionKey: null,
})
