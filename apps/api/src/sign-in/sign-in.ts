import type { Session } from '../sessions/session.ts'
import type { User } from '../users/user.ts'

export type NewSession = Omit<Session, 'userId' | 'endedAt' | 'endedReason' | 'lastSeenAt'> & {
  /** session_key, sealed; opened only for the user it belongs to. */
  sealedSessionKey: string
}

/** Everything that the database is to know of one sign-in. */
export type SignIn = {
  appId: string
  openid: string
  unionid: string | null
  /** Used when the user is new, else ignored. */
  profile: Pick<User, 'publicId' | 'nickName' | 'avatarUrl' | 'gender'>
  /** Who invited the user; remembered when the user is new, else ignored. */
  shareUserId: number | null
  session: NewSession
  /** The version of the user agreement that the user has agreed to; null when the client does not say. */
  agreement: string | null
  /** The oldest live sessions beyond this number end. */
  maxSessions: number
  requestId: string
}

export type SignInOutcome =
  | {
      kind: 'signed-in'
      user: User
      created: boolean
      /** A live session of the user was on this device. */
      wasSignedInHere: boolean
      endedSessionIds: string[]
    }
  /** The account is frozen or closed; nothing but the login event was written. */
  | { kind: 'refused'; user: User }
