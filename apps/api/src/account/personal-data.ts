import type { LoginEvent } from '../audit/login-event.ts'
import type { MemberState } from '../org/membership.ts'
import type { Role } from '../org/role.ts'
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
  /** Those that are over too. */
  memberships: {
    orgName: string
    publicId: string
    state: MemberState
    role: Role
    name: string
    title: string
    department: string | null
    phoneLast4: string | null
    decisionReason: string | null
    requestedAt: Date | null
    decidedAt: Date | null
    joinedAt: Date | null
    leftAt: Date | null
  }[]
  /** The newest first. */
  meetings: {
    title: string
    startsAt: Date
    part: string
    reply: string
    replyReason: string | null
    repliedAt: Date | null
    seenAt: Date | null
    checkedInAt: Date | null
    checkInWay: string | null
    checkInReason: string | null
  }[]
  /** The newest first. */
  votes: { title: string; voted: boolean; struck: boolean }[]
  /** The newest first. */
  choices: { title: string; choice: string; castAt: Date }[]
  /** The newest first. */
  notices: { kind: string; at: Date; readAt: Date | null; params: string }[]
  /** The newest first, those that are over too. */
  sessions: Omit<Session, 'userId' | 'deviceId'>[]
  /** The newest first. */
  events: Pick<LoginEvent, 'at' | 'kind' | 'outcome' | 'ip' | 'userAgent'>[]
  consents: { templateId: string; left: number; changedAt: Date }[]
  /** The newest first. */
  agreements: { version: string; agreedAt: Date }[]
  /** Those that the user has not seen yet. */
  newDevices: { deviceName: string; ip: string; at: Date }[]
  /** False when there was more of something than asked for. */
  eventsComplete: boolean
}
