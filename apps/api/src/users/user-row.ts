import { raw } from '@prisma/client/runtime/client'
import type { WxUser } from '../generated/mysql/client.ts'
import type { User, UserStatus } from './user.ts'

export type UserRow = Pick<
  WxUser,
  | 'id'
  | 'publicId'
  | 'appId'
  | 'openid'
  | 'unionid'
  | 'nickName'
  | 'avatarUrl'
  | 'pendingAvatarUrl'
  | 'gender'
  | 'status'
  | 'statusReason'
  | 'addTime'
  | 'lastLoginTime'
>

/** The columns of `wx_user AS u` as a `UserRow`, except that `id` is called `userId`. */
export const USER_COLUMNS = raw(`
  u.id AS userId, u.public_id AS publicId, u.appid AS appId, u.weixin_openid AS openid,
  u.unionid AS unionid, u.nickname AS nickName, u.avatar AS avatarUrl,
  u.avatar_pending AS pendingAvatarUrl, u.gender AS gender,
  u.status AS status, u.status_reason AS statusReason, u.add_time AS addTime,
  u.last_login_time AS lastLoginTime`)

export const toUser = (row: UserRow): User => ({
  // Raw SQL may read whole numbers as bigint.
  id: Number(row.id),
  publicId: row.publicId,
  appId: row.appId,
  openid: row.openid,
  unionid: row.unionid,
  nickName: row.nickName,
  avatarUrl: row.avatarUrl,
  pendingAvatarUrl: row.pendingAvatarUrl,
  // CHECK constraints of the table keep both within these types.
  gender: Number(row.gender) as User['gender'],
  status: Number(row.status) as UserStatus,
  statusReason: row.statusReason,
  addTime: row.addTime,
  lastLoginTime: row.lastLoginTime,
})
