import type { LoginEvent } from '../audit/login-event.ts'
import type { Session } from '../sessions/session.ts'
import type { User } from '../users/user.ts'

/** What is kept about somebody, as far as he is to see it. */
export type PersonalData = {
  account: Pick<
    User,
    | 'publicId'
    | 'openid'
    | 'unionid'
    | 'nickName'
    | 'avatarUrl'
    | 'gender'
    | 'addTime'
    | 'lastLoginTime'
  > & {
    /** Midnight UTC of that day. */
    birthday: Date | null
    /** Of adopted tables, proved by nobody; empty when there is none. */
    mobile: string
    /** Country code, hyphen, number. */
    phone: string | null
    phoneBoundAt: Date | null
    lastLoginIp: string
  }
  /** The newest first, those that are over too. */
  sessions: Omit<Session, 'userId' | 'deviceId'>[]
  /** The newest first. */
  events: Pick<LoginEvent, 'at' | 'kind' | 'outcome' | 'ip' | 'userAgent'>[]
  /** False when there were more events than asked for. */
  eventsComplete: boolean
}

export type PersonalDataStore = {
  /** Read at one moment. Null unless the account is usable. */
  read(userId: number, limits: { events: number }): Promise<PersonalData | null>
  /**
   * Closes a usable account for good, in one transaction: the row names nobody any more, not by its
   * openid either, so that the same person comes back as somebody new; every session ends and keeps
   * nothing of where it was. Resolves to the sessions of which nodes must not trust what they know,
   * or to null when the account was frozen or closed already.
   */
  close(closing: { userId: number; sessionId: string; at: Date }): Promise<string[] | null>
}
