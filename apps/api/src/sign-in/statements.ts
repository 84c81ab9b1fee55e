import type { Sql } from '@prisma/client/runtime/client'
import { join, raw, sqltag as sql } from '@prisma/client/runtime/client'
import { USER_COLUMNS } from '../users/user-row.ts'
import type { SessionEnd } from './policy.ts'
import type { SignIn } from './sign-in.ts'

/** Writes nothing to frozen or closed accounts, but holds every row until the transaction ends. */
export const recordLogins = (logins: SignIn[]): Sql => {
  const withUnionid = logins.filter(({ unionid }) => unionid !== null)
  const changes = [
    setByOpenid('last_login_time', logins, ({ session }) => session.createdAt),
    setByOpenid('last_login_ip', logins, ({ session }) => session.ip),
    ...(withUnionid.length > 0
      ? [setByOpenid('unionid', withUnionid, ({ unionid }) => unionid)]
      : []),
  ]
  return sql`UPDATE wx_user SET ${join(changes)} WHERE ${among(logins)}`
}

const setByOpenid = (name: string, logins: SignIn[], pick: (login: SignIn) => unknown) => {
  const column = raw(name)
  const cases = logins.map((login) => sql`WHEN weixin_openid = ${login.openid} THEN ${pick(login)}`)
  return sql`${column} = CASE WHEN status <> 0 THEN ${column} ${join(cases, ' ')} ELSE ${column} END`
}

export const insertUsers = (logins: SignIn[], onUserConflict: Sql): Sql => {
  const rows = logins.map(
    ({ appId, openid, unionid, profile, session: { createdAt, ip } }) => sql`(
      ${profile.publicId}, ${appId}, ${openid}, ${unionid}, ${profile.publicId},
      ${profile.nickName}, ${profile.avatarUrl}, ${profile.gender},
      ${createdAt}, ${createdAt}, ${createdAt}, ${ip})`,
  )
  return sql`
    INSERT INTO wx_user (
      public_id, appid, weixin_openid, unionid, username, nickname, avatar, gender,
      add_time, update_time, last_login_time, last_login_ip
    ) VALUES ${join(rows)} ${onUserConflict}`
}

/** One row for each live session, the newest first, and one for each person without any. */
export const selectUsers = (logins: SignIn[]): Sql => {
  const now = new Date(Math.min(...logins.map(({ session }) => session.createdAt.getTime())))
  return sql`
  SELECT ${USER_COLUMNS}, s.id AS sessionId, s.device_id AS deviceId
  FROM wx_user u LEFT JOIN wx_session s ON s.user_id = u.id AND s.ended_at IS NULL
    AND s.idle_expires_at > ${now} AND s.absolute_expires_at > ${now}
  WHERE ${among(logins)}
  ORDER BY s.created_at DESC, s.id DESC`
}

export const endSessions = (ends: SessionEnd[]): Sql => {
  const times = ends.map(({ id, at }) => sql`WHEN ${id} THEN ${at}`)
  const reasons = ends.map(({ id, reason }) => sql`WHEN ${id} THEN ${reason}`)
  return sql`
    UPDATE wx_session SET ended_at = CASE id ${join(times, ' ')} END,
      ended_reason = CASE id ${join(reasons, ' ')} END, sealed_session_key = NULL
    WHERE id IN (${join(ends.map(({ id }) => id))}) AND ended_at IS NULL`
}

export const insertSessions = (sessions: (SignIn['session'] & { userId: number })[]): Sql => {
  const rows = sessions.map(
    (session) => sql`(
      ${session.id}, ${session.userId}, ${session.deviceId}, ${session.deviceName}, ${session.ip},
      ${session.userAgent}, ${session.createdAt}, ${session.createdAt},
      ${session.idleExpiresAt}, ${session.absoluteExpiresAt}, ${session.sealedSessionKey})`,
  )
  return sql`
    INSERT INTO wx_session (
      id, user_id, device_id, device_name, ip, user_agent, created_at, last_seen_at,
      idle_expires_at, absolute_expires_at, sealed_session_key
    ) VALUES ${join(rows)}`
}

const among = (logins: SignIn[]) =>
  sql`appid = ${logins[0]?.appId} AND weixin_openid IN (${join(logins.map(({ openid }) => openid))})`
