import type { Gender } from '@oa/contracts'

/** `wx_user.status`: 0 usable, 1 disabled (frozen), 2 closed, as existing tables number them. */
export type UserStatus = 0 | 1 | 2

/** A person: `(appId, openid)`, compared byte for byte. */
export type User = {
  /** Internal; never leaves the server. */
  id: number
  /** UUID; the `sub` of tokens. */
  publicId: string
  appId: string
  openid: string
  unionid: string | null
  nickName: string
  avatarUrl: string
  gender: Gender
  status: UserStatus
  /** What the person may be told about a status other than 0. */
  statusReason: string | null
  addTime: Date
  lastLoginTime: Date
}

/** How an operator names a person. */
export type UserName = { publicId: string } | { appId: string; openid: string }

export type UserStore = {
  find(id: number): Promise<User | null>
  findByName(name: UserName): Promise<User | null>
  /**
   * Sets the status; unless it is 0, ends every session in the same transaction, so that no order of
   * a sign-in and a freeze leaves a live session behind. Resolves to the ids of sessions that ended.
   */
  setStatus(change: {
    userId: number
    status: UserStatus
    reason: string | null
    at: Date
  }): Promise<string[]>
}
