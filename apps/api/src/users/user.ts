import type { Gender } from '@oa/contracts'

/** `wx_user.status`: 0 usable, 1 disabled (frozen), 2 closed, as existing tables number them. */
export type UserStatus = 0 | 1 | 2

/** What stands in place of the name once an account is closed, by its owner or by WeChat. */
export const CLOSED_NAME = '已注销用户'

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

/** What WeChat says must not be kept any longer. */
export type Forgetting = {
  userId: number
  /**
   * `face`: name and avatar. `profile`: also gender and phone, and every session ends. `account`:
   * also what adopted tables hold about the person, and the account is closed.
   */
  scope: 'face' | 'profile' | 'account'
  /** Stands where the name was. */
  nickName: string
  at: Date
}

export type UserStore = {
  find(id: number): Promise<User | null>
  findByName(name: UserName): Promise<User | null>
  /**
   * Gives a usable account the number, in place of any other. `taken`: it belongs to another account
   * of the same app that is not closed. `refused`: this account is frozen or closed.
   */
  bindPhone(binding: {
    userId: number
    phone: string
    at: Date
  }): Promise<'bound' | 'taken' | 'refused'>
  /** The number as it was bound; null when there is none. */
  findPhone(userId: number): Promise<string | null>
  /** In one transaction. Resolves to the sessions of which nodes must not trust what they know. */
  forget(forgetting: Forgetting): Promise<string[]>
  /**
   * Sets the status; unless it is 0, ends every session in the same transaction, so that no order of
   * a sign-in and a freeze leaves a live session behind. A closed account lets go of its phone.
   * Resolves to the ids of sessions that ended, or to null when the account was closed already.
   */
  setStatus(change: {
    userId: number
    status: UserStatus
    /** What the person is told. */
    reason: string | null
    /** The public reason in one word. */
    code?: string | null
    /** For operators alone; nothing here ever reads it back. */
    note?: string | null
    at: Date
  }): Promise<string[] | null>
}
