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

/** A session and its user, as the database knows them. */
export type SessionWithUser = { session: Session; user: User }

/** When the session ends unless it is used or ended before. */
export const expiryOf = ({
  idleExpiresAt,
  absoluteExpiresAt,
}: Pick<Session, 'idleExpiresAt' | 'absoluteExpiresAt'>): Date =>
  idleExpiresAt < absoluteExpiresAt ? idleExpiresAt : absoluteExpiresAt
