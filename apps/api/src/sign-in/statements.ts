import type { Query, Statement, Value } from '../infra/database/statement.ts'
import { insertInto, placeholders } from '../infra/database/statement.ts'
import type { UserRow } from '../users/user-row.ts'
import { USER_COLUMNS } from '../users/user-row.ts'
import type { SessionEnd, SignInDecision } from './policy.ts'
import type { SignIn } from './sign-in.ts'

/** Writes nothing to frozen or closed accounts, but holds every row until the transaction ends. */
export const RECORD_LOGINS: Statement<SignIn> = {
  sqlite: {
    // An account that is not usable is written too, with what it has: only that locks it.
    text: `UPDATE wx_user SET
        last_login_time = iif(status = 0, ?, last_login_time),
        last_login_ip = iif(status = 0, ?, last_login_ip),
        unionid = iif(status = 0, coalesce(?, unionid), unionid)
      WHERE appid = ? AND weixin_openid = ?`,
    values: ({ appId, openid, unionid, session: { createdAt, ip } }) => [
      createdAt,
      ip,
      unionid,
      appId,
      openid,
    ],
  },
  mysql: (logins) => {
    const withUnionid = logins.filter(({ unionid }) => unionid !== null)
    const changes = [
      setByOpenid('last_login_time', logins, ({ session }) => session.createdAt),
      setByOpenid('last_login_ip', logins, ({ session }) => session.ip),
      ...(withUnionid.length > 0
        ? [setByOpenid('unionid', withUnionid, ({ unionid }) => unionid)]
        : []),
    ]
    const where = amongOpenids(logins)
    return {
      text: `UPDATE wx_user SET ${changes.map(({ text }) => text).join(', ')} WHERE ${where.text}`,
      values: [...changes.flatMap(({ values }) => values), ...where.values],
    }
  },
}

const setByOpenid = (
  column: string,
  logins: readonly SignIn[],
  pick: (login: SignIn) => Value,
) => ({
  text: `${column} = CASE WHEN status <> 0 THEN ${column}
    ${'WHEN weixin_openid = ? THEN ? '.repeat(logins.length)} ELSE ${column} END`,
  values: logins.flatMap((login) => [login.openid, pick(login)]),
})

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
