import type { Query, Statement, Value } from '../infra/database/statement.ts'
import { insertInto, placeholders } from '../infra/database/statement.ts'
import type { UserRow } from '../users/user-row.ts'
import { USER_COLUMNS } from '../users/user-row.ts'
import type { Agreed, SessionEnd, SignInDecision } from './policy.ts'
import type { SignIn } from './sign-in.ts'

/** Writes nothing to frozen or closed accounts, but holds every row until the transaction ends. */
export const RECORD_LOGINS: Statement<SignIn> = {
  sqlite: {
    text: `UPDATE wx_user SET last_login_time = iif(status = 0, ?, last_login_time),
        last_login_ip = iif(status = 0, ?, last_login_ip)
      WHERE appid = ? AND weixin_openid = ?`,
    values: ({ appId, openid, session: { createdAt, ip } }) => [createdAt, ip, appId, openid],
  },
  mysql: (logins) => {
    const whens = whenOpenids(logins.length)
    const where = amongOpenids(logins)
    return {
      text: `UPDATE wx_user SET
          last_login_time = IF(status = 0, CASE weixin_openid ${whens} END, last_login_time),
          last_login_ip = IF(status = 0, CASE weixin_openid ${whens} END, last_login_ip)
        WHERE ${where.text}`,
      values: [
        ...logins.flatMap(({ openid, session }): Value[] => [openid, session.createdAt]),
        ...logins.flatMap(({ openid, session }): Value[] => [openid, session.ip]),
        ...where.values,
      ],
    }
  },
}

/** For logins that have a unionid. SQLite would rewrite the index for the same value, too. */
export const RECORD_UNIONIDS: Statement<SignIn> = {
  sqlite: {
    text: `UPDATE wx_user SET unionid = ?
      WHERE appid = ? AND weixin_openid = ? AND status = 0 AND unionid IS NOT ?`,
    values: ({ appId, openid, unionid }) => [unionid, appId, openid, unionid],
  },
  mysql: (logins) => {
    const where = amongOpenids(logins)
    return {
      text: `UPDATE wx_user SET unionid = CASE weixin_openid ${whenOpenids(logins.length)} END
        WHERE ${where.text} AND status = 0`,
      values: [...logins.flatMap(({ openid, unionid }) => [openid, unionid]), ...where.values],
    }
  },
}

const whenOpenids = (count: number) => 'WHEN ? THEN ? '.repeat(count)

export const INSERT_USERS = insertInto<SignIn>(
  'wx_user',
  {
    public_id: ({ profile }) => profile.publicId,
    appid: ({ appId }) => appId,
    weixin_openid: ({ openid }) => openid,
    unionid: ({ unionid }) => unionid,
    username: ({ profile }) => profile.publicId,
    nickname: ({ profile }) => profile.nickName,
    avatar: ({ profile }) => profile.avatarUrl,
    gender: ({ profile }) => profile.gender,
    share_user_id: ({ shareUserId }) => shareUserId,
    add_time: ({ session }) => session.createdAt,
    update_time: ({ session }) => session.createdAt,
    last_login_time: ({ session }) => session.createdAt,
    last_login_ip: ({ session }) => session.ip,
  },
  { skipConflictOn: ['appid', 'weixin_openid'] },
)

type UserWithSession = UserRow & {
  userId: number
  sessionId: string | null
  deviceId: string | null
}

const SELECT = `
  SELECT ${USER_COLUMNS.sql}, s.id AS sessionId, s.device_id AS deviceId
  FROM wx_user u LEFT JOIN wx_session s ON s.user_id = u.id AND s.ended_at IS NULL
    AND s.idle_expires_at > ? AND s.absolute_expires_at > ?`
const NEWEST_FIRST = 'ORDER BY s.created_at DESC, s.id DESC'

/** One row for each live session, the newest first, and one for each user without any. */
export const SELECT_USERS: Query<SignIn, UserWithSession> = {
  times: ['addTime', 'lastLoginTime'],
  sqlite: {
    text: `${SELECT} WHERE u.appid = ? AND u.weixin_openid = ? ${NEWEST_FIRST}`,
    values: ({ appId, openid, session: { createdAt } }) => [createdAt, createdAt, appId, openid],
  },
  mysql: (logins) => {
    const now = new Date(Math.min(...logins.map(({ session }) => session.createdAt.getTime())))
    const where = amongOpenids(logins)
    return {
      text: `${SELECT} WHERE ${where.text} ${NEWEST_FIRST}`,
      values: [now, now, ...where.values],
    }
  },
}

export const INSERT_SESSIONS = insertInto<NonNullable<SignInDecision['opened']>>('wx_session', {
  id: ({ id }) => id,
  user_id: ({ userId }) => userId,
  device_id: ({ deviceId }) => deviceId,
  device_name: ({ deviceName }) => deviceName,
  ip: ({ ip }) => ip,
  user_agent: ({ userAgent }) => userAgent,
  created_at: ({ createdAt }) => createdAt,
  last_seen_at: ({ createdAt }) => createdAt,
  idle_expires_at: ({ idleExpiresAt }) => idleExpiresAt,
  absolute_expires_at: ({ absoluteExpiresAt }) => absoluteExpiresAt,
  sealed_session_key: ({ sealedSessionKey }) => sealedSessionKey,
})

/** The first time counts: later sign-ins say the same again. */
export const INSERT_AGREEMENTS = insertInto<Agreed>(
  'agreement',
  { user_id: ({ userId }) => userId, version: ({ version }) => version, agreed_at: ({ at }) => at },
  { skipConflictOn: ['user_id', 'version'] },
)

export const END_SESSIONS: Statement<SessionEnd> = {
  sqlite: {
    text: `UPDATE wx_session SET ended_at = ?, ended_reason = ?, sealed_session_key = NULL
      WHERE id = ? AND ended_at IS NULL`,
    values: ({ at, reason, id }) => [at, reason, id],
  },
  mysql: (ends) => {
    const whens = 'WHEN ? THEN ? '.repeat(ends.length)
    return {
      text: `UPDATE wx_session SET ended_at = CASE id ${whens} END,
          ended_reason = CASE id ${whens} END, sealed_session_key = NULL
        WHERE id IN (${placeholders(ends.length)}) AND ended_at IS NULL`,
      values: [
        ...ends.flatMap(({ id, at }) => [id, at]),
        ...ends.flatMap(({ id, reason }) => [id, reason]),
        ...ends.map(({ id }) => id),
      ],
    }
  },
}

const amongOpenids = (logins: readonly SignIn[]) => ({
  text: `appid = ? AND weixin_openid IN (${placeholders(logins.length)})`,
  values: [logins[0]?.appId ?? '', ...logins.map(({ openid }) => openid)],
})
