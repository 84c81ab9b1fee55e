import type { BusinessError } from '../errors/business-error.ts'
import { accountDisabled, sessionEnded, unlogin } from '../errors/business-error.ts'
import { TEXTS } from '../errors/texts.ts'
import { UserStatus } from '../users/user.ts'
import type { EndReason, Session, SessionWithUser } from './session.ts'
import { expiryOf } from './session.ts'

/** How often the last use of a session is written to the database. */
const TOUCH_EVERY_MS = 5 * 60_000

export const isLive = (session: Session, nowMs: number): boolean =>
  session.endedAt === null && nowMs < expiryOf(session).getTime()

/** What the holder of a session token is answered with; null when the session may be used. */
export const refusalOf = (
  { session, user }: SessionWithUser,
  nowMs: number,
): BusinessError | null => {
  // The owner of a closed account is not shut out: signing in again creates a new user.
  if (user.status !== UserStatus.active && !isClosedByOwner(session)) {
    return accountDisabled(user.statusReason)
  }
  return isLive(session, nowMs) ? null : sessionEndedError(session)
}

const isClosedByOwner = ({ endedReason }: Session) =>
  endedReason === 'left' || endedReason === 'left_elsewhere'

/** Endings that were decided on another device, which the user on this one should hear of. */
const ENDED_ELSEWHERE: Partial<Record<EndReason, string>> = TEXTS.SESSION_ENDED

/** SESSION_ENDED, which a client does not renew silently, or UNLOGIN, which it does. */
const sessionEndedError = ({ endedReason }: Session) => {
  const text = endedReason === null ? undefined : ENDED_ELSEWHERE[endedReason]
  return text === undefined ? unlogin() : sessionEnded(text)
}

/** What a use of the session at `nowMs` writes down; null when it was written recently enough. */
export const touchOf = (
  { lastSeenAt, absoluteExpiresAt }: Session,
  nowMs: number,
  idleMs: number,
): Pick<Session, 'lastSeenAt' | 'idleExpiresAt'> | null =>
  nowMs - lastSeenAt.getTime() < TOUCH_EVERY_MS
    ? null
    : {
        lastSeenAt: new Date(nowMs),
        idleExpiresAt: new Date(Math.min(nowMs + idleMs, absoluteExpiresAt.getTime())),
      }
