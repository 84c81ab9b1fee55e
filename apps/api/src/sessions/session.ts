import type { User } from '../users/user.ts'

/** Why a session ended, as kept in `wx_session.ended_reason`. */
export type EndReason =
  | 'logout'
  | 'logout_all'
  | 'ended_by_user'
  | 'replaced'
  | 'too_many'
  | 'frozen'
  | 'closed'
  | 'revoked'
  /** The owner closed the account: on this device, or from another one. */
  | 'left'
  | 'left_elsewhere'

export type Session = {
  /** UUIDv7; the `sid` of tokens. */
  id: string
  userId: number
  deviceId: string | null
  deviceName: string
  ip: string
  userAgent: string
  createdAt: Date
  lastSeenAt: Date
  /** Never after `absoluteExpiresAt`. */
  idleExpiresAt: Date
  absoluteExpiresAt: Date
  endedAt: Date | null
  endedReason: EndReason | null
}

export type NewSession = Omit<Session, 'userId' | 'endedAt' | 'endedReason' | 'lastSeenAt'> & {
  /** session_key, sealed; opened only for the person it belongs to. */
  sealedSessionKey: string
}

export type SignIn = {
  appId: string
  openid: string
  unionid: string | null
  /** Used when the person is new, else ignored. */
  profile: Pick<User, 'publicId' | 'nickName' | 'avatarUrl' | 'gender'>
  session: NewSession
  /** The oldest live sessions beyond this number end. */
  maxSessions: number
  requestId: string
}

export type SignInOutcome =
  | { kind: 'signed-in'; user: User; created: boolean; endedSessionIds: string[] }
  /** The account is frozen or closed; nothing but the login event was written. */
  | { kind: 'refused'; user: User }

export type SessionStore = {
  /**
   * Everything a sign-in writes, in one transaction: the person (update first, insert on conflict),
   * the end of the device's previous session and of those beyond `maxSessions`, the new session and
   * its login event. Two callers racing with a new person both succeed, with one row.
   */
  signIn(signIn: SignIn): Promise<SignInOutcome>
  /** The session with its person, ended or not; null when there is none. */
  find(id: string): Promise<{ session: Session; user: User } | null>
  /** Sessions neither ended nor expired at `now`, the newest first. */
  listLive(userId: number, now: Date): Promise<Session[]>
  /** Ends one live session of that person. False when there was none. */
  end(which: { id: string; userId: number }, reason: EndReason, at: Date): Promise<boolean>
  /** Ends every live session of a person; resolves to their ids. */
  endAll(userId: number, reason: EndReason, at: Date): Promise<string[]>
  /** Records that a live session was used. Never revives an ended one. */
  touch(id: string, seen: { lastSeenAt: Date; idleExpiresAt: Date }): Promise<void>
  /** The sealed session_key of a live session; gone (null) once it ended. */
  findSealedSessionKey(id: string): Promise<string | null>
  /**
   * Deletes at most `limit` sessions, ended or not, whose idle end was before `before`, and with them
   * their keys; the oldest first. Resolves to how many they were: fewer than `limit` when none is left.
   */
  removeExpired(before: Date, limit: number): Promise<number>
}
