import { join, sqltag as sql } from '@prisma/client/runtime/client'
import { createBatches } from '../infra/batches.ts'
import type { Engine, Transaction } from '../infra/database/engine.ts'
import type { UserRow } from '../users/user-row.ts'
import { toUser, USER_COLUMNS } from '../users/user-row.ts'
import type { EndReason, Session, SessionWithUser } from './session.ts'
import type { SessionRow } from './session-row.ts'
import { liveAt, SESSION_COLUMNS, toSession } from './session-row.ts'

/** What is looked up at a time; each is a statement that the driver and the server keep. */
const FIND_SIZES = [1, 8, 64, 256] as const
const FIND_WIDTH = 4

export type SessionStore = ReturnType<typeof createSessionStore>

export const createSessionStore = (engine: Engine) => ({
  /** The session with its user, ended or not; null when there is none. */
  find: createFind(engine),

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

  /** How many sessions are live; reads all of them, so it is for now and then. */
  countLive: (at: Date): Promise<number> =>
    engine.run((client) => client.wxSession.count({ where: liveAt(at) })),

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

/**
 * Without Redis every node asks for each session once a second. Those that come together share a
 * statement: a slow database is slow for each of them, not for one after the other.
 */
const createFind = (engine: Engine): ((id: string) => Promise<SessionWithUser | null>) =>
  createBatches<string, SessionWithUser | null>({
    async process(ids) {
      const size = FIND_SIZES.find((one) => one >= ids.length) ?? ids.length
      const filled = [...ids, ...Array.from({ length: size - ids.length }, () => ids[0] ?? '')]
      const rows = await engine.run((client) =>
        client.$queryRaw<(SessionRow & UserRow)[]>(sql`
          SELECT ${SESSION_COLUMNS}, ${USER_COLUMNS}
          FROM wx_session s JOIN wx_user u ON u.id = s.user_id
          WHERE s.id IN (${join(filled)})`),
      )
      const found = new Map(rows.map((row) => [String(row.id), row]))
      return ids.map((id) => {
        const row = found.get(id)
        return row === undefined
          ? null
          : { session: toSession(row), user: toUser({ ...row, id: row.userId }) }
      })
    },
    // Whatever one of them meets, the others meet too.
    leftNothing: () => false,
    belongs: () => true,
    maxSize: FIND_SIZES[3],
    width: FIND_WIDTH,
  })
