import type { LoginEvent } from '../audit/login-event.ts'
import type { Session } from '../sessions/session.ts'
import type { User } from '../users/user.ts'

/** What is kept about a user, as far as the user is to see it. */
export type PersonalData = {
  account: Pick<
    User,
    | 'publicId'
    | 'openid'
    | 'unionid'
    | 'nickName'
    | 'avatarUrl'
    | 'pendingAvatarUrl'
    | 'gender'
    | 'addTime'
    | 'lastLoginTime'
  > & {
    /** Midnight UTC of that day. */
    birthday: Date | null
    /** Of adopted tables, never verified; empty when there is none. */
    mobile: string
    /** Country code, hyphen, number. */
    phone: string | null
    phoneBoundAt: Date | null
    lastLoginIp: string
    /** What WeChat refused after it was saved. */
    profileNotice: string | null
    userLevel: number
    /** Whether another user's card brought this one; whose, is about that other user. */
    invited: boolean
  }
  /** The newest first, those that are over too. */
  sessions: Omit<Session, 'userId' | 'deviceId'>[]
  /** The newest first. */
  events: Pick<LoginEvent, 'at' | 'kind' | 'outcome' | 'ip' | 'userAgent'>[]
  /** False when there were more events than asked for. */
  eventsComplete: boolean
}
