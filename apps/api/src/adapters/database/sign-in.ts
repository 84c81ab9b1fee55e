import type { Sql } from '@prisma/client/runtime/client'
import { join, sqltag as sql } from '@prisma/client/runtime/client'
import type { EndReason, SignIn, SignInOutcome } from '../../ports/sessions.ts'
import type { User } from '../../ports/users.ts'
import type { Transaction } from './engine.ts'
import { appendLoginEvent } from './login-events.ts'
import { cutUserAgent } from './user-agent.ts'
import type { UserRow } from './user-row.ts'
import { toUser, USER_COLUMNS } from './user-row.ts'

type LiveSession = { id: string; deviceId: string | null }

/**
 * What `SessionStore.signIn` promises, within a transaction. Plain SQL, because every statement is a
 * round trip on the way of each sign-in, and because Prisma's own upsert is a race on MySQL.
 */
export const signIn = async (
  tx: Transaction,
  request: SignIn,
  onUserConflict: Sql,
): Promise<SignInOutcome> => {
  await lockUser(tx, request, onUserConflict)
  const { user, liveSessions } = await readUser(tx, request)

  if (user.status !== 0) {
    await appendLoginEvent(tx, { ...eventOf(request, user), kind: 'login_refused' })
    return { kind: 'refused', user }
  }
  const ended = sessionsToEnd(liveSessions, request)
  await Promise.all([
    ...ended.map(({ ids, reason }) => endSessions(tx, ids, reason, request.session.createdAt)),
    insertSession(tx, user.id, request),
    appendLoginEvent(tx, { ...eventOf(request, user), kind: 'login' }),
  ])

  return {
    kind: 'signed-in',
    user,
    created: user.publicId === request.profile.publicId,
    endedSessionIds: ended.flatMap(({ ids }) => ids),
  }
}

/**
 * Finds or makes the row of the person and holds it until the end of the transaction, also when
 * nothing of it may change.
 */
const lockUser = async (
  tx: Transaction,
  { appId, openid, unionid, profile, session: { createdAt, ip } }: SignIn,
  onUserConflict: Sql,
) => {
  const updated = await tx.$executeRaw(sql`
    UPDATE wx_user SET
      last_login_time = CASE WHEN status = 0 THEN ${createdAt} ELSE last_login_time END,
      last_login_ip = CASE WHEN status = 0 THEN ${ip} ELSE last_login_ip END,
      unionid = CASE WHEN status = 0 THEN COALESCE(${unionid}, unionid) ELSE unionid END
    WHERE appid = ${appId} AND weixin_openid = ${openid}`)
  if (updated > 0) return

  await tx.$executeRaw(sql`
    INSERT INTO wx_user (
      public_id, appid, weixin_openid, unionid, username, nickname, avatar, gender,
      add_time, update_time, last_login_time, last_login_ip
    ) VALUES (
      ${profile.publicId}, ${appId}, ${openid}, ${unionid}, ${profile.publicId},
      ${profile.nickName}, ${profile.avatarUrl}, ${profile.gender},
      ${createdAt}, ${createdAt}, ${createdAt}, ${ip}
    ) ${onUserConflict}`)
}

const readUser = async (tx: Transaction, { appId, openid, session: { createdAt } }: SignIn) => {
  type Row = UserRow & { userId: number; sessionId: string | null; deviceId: string | null }
  const rows = await tx.$queryRaw<Row[]>(sql`
    SELECT ${USER_COLUMNS}, s.id AS sessionId, s.device_id AS deviceId
    FROM wx_user u LEFT JOIN wx_session s ON s.user_id = u.id AND s.ended_at IS NULL
      AND s.idle_expires_at > ${createdAt} AND s.absolute_expires_at > ${createdAt}
    WHERE u.appid = ${appId} AND u.weixin_openid = ${openid}
    ORDER BY s.created_at DESC, s.id DESC`)
  const [row] = rows
  if (row === undefined) throw new Error('the person that was just written is not there')

  return {
    user: toUser({ ...row, id: row.userId }),
    liveSessions: rows.flatMap(({ sessionId, deviceId }): LiveSession[] =>
      sessionId === null ? [] : [{ id: sessionId, deviceId }],
    ),
  }
}

/** `live` is sorted, the newest first. */
const sessionsToEnd = (live: LiveSession[], { session, maxSessions }: SignIn) => {
  const isReplaced = ({ deviceId }: LiveSession) =>
    deviceId !== null && deviceId === session.deviceId
  const idsOf = (sessions: LiveSession[]) => sessions.map(({ id }) => id)
  const kept = live.filter((other) => !isReplaced(other))

  return [
    { reason: 'replaced' as const, ids: idsOf(live.filter(isReplaced)) },
    { reason: 'too_many' as const, ids: idsOf(kept.slice(Math.max(maxSessions - 1, 0))) },
  ].filter(({ ids }) => ids.length > 0)
}

const endSessions = (tx: Transaction, ids: string[], reason: EndReason, at: Date) =>
  tx.$executeRaw(sql`
    UPDATE wx_session SET ended_at = ${at}, ended_reason = ${reason}, sealed_session_key = NULL
    WHERE id IN (${join(ids)}) AND ended_at IS NULL`)

const insertSession = (tx: Transaction, userId: number, { session }: SignIn) =>
  tx.$executeRaw(sql`
    INSERT INTO wx_session (
      id, user_id, device_id, device_name, ip, user_agent, created_at, last_seen_at,
      idle_expires_at, absolute_expires_at, sealed_session_key
    ) VALUES (
      ${session.id}, ${userId}, ${session.deviceId}, ${session.deviceName}, ${session.ip},
      ${cutUserAgent(session.userAgent)}, ${session.createdAt}, ${session.createdAt},
      ${session.idleExpiresAt}, ${session.absoluteExpiresAt}, ${session.sealedSessionKey}
    )`)

const eventOf = ({ appId, session, requestId }: SignIn, user: User) => ({
  at: session.createdAt,
  outcome: user.status === 0 ? 'ok' : 'ACCOUNT_DISABLED',
  appId,
  userId: user.id,
  sessionId: user.status === 0 ? session.id : null,
  ip: session.ip,
  userAgent: session.userAgent,
  requestId,
})
