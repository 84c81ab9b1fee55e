import type { User } from '../users/user.ts'
import { UserStatus } from '../users/user.ts'
import type { Session, SessionWithUser } from './session.ts'

const ID = '01938a5e-7c1d-7000-8000-000000000001'

/** A session for tests; every time in it is now unless `changes` says otherwise. */
export const aSession = (changes: Partial<Session> = {}): Session => {
  const now = new Date()
  return {
    id: ID,
    userId: 1,
    deviceId: null,
    deviceName: '',
    ip: '',
    userAgent: '',
    createdAt: now,
    lastSeenAt: now,
    idleExpiresAt: now,
    absoluteExpiresAt: now,
    endedAt: null,
    endedReason: null,
    ...changes,
  }
}

const aUser = (changes: Partial<User> = {}): User => {
  const now = new Date()
  return {
    id: 1,
    publicId: ID,
    appId: 'wx',
    openid: 'o',
    unionid: null,
    nickName: 'n',
    avatarUrl: '',
    pendingAvatarUrl: '',
    gender: 0,
    status: UserStatus.active,
    statusReason: null,
    addTime: now,
    lastLoginTime: now,
    ...changes,
  }
}

export const aSessionWithUser = (
  session: Partial<Session> = {},
  user: Partial<User> = {},
): SessionWithUser => ({ session: aSession(session), user: aUser(user) })
