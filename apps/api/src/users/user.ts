import type { Gender } from '@oa/contracts'

/** `wx_user.status`, as existing tables number it. */
export const UserStatus = { active: 0, frozen: 1, closed: 2 } as const
export type UserStatus = (typeof UserStatus)[keyof typeof UserStatus]

/** A user: `(appId, openid)`, compared byte for byte. */
export type User = {
  /** Internal; never leaves the server. */
  id: number
  /** UUID; the `sub` of tokens. */
  publicId: string
  appId: string
  openid: string
  unionid: string | null
  nickName: string
  /** What everybody sees: a URL of WeChat's, a path of this API, or empty. */
  avatarUrl: string
  /** A picture that only the user sees until WeChat has judged it; else empty. */
  pendingAvatarUrl: string
  gender: Gender
  status: UserStatus
  /** What the user may be told when `status` is not active. */
  statusReason: string | null
  addTime: Date
  lastLoginTime: Date
}

/** How an operator or WeChat names a user. */
export type UserKey = { publicId: string } | { appId: string; openid: string }
