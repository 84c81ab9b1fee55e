import type { SessionInfo } from '@oa/contracts'
import type { Session } from './session.ts'
import { expiryOf } from './session.ts'

/** A session as its owner sees it; `currentId` is the session that asks. */
export const toSessionInfo = (session: Session, currentId: string): SessionInfo => ({
  id: session.id,
  deviceName: session.deviceName,
  ip: session.ip,
  createdAt: session.createdAt.toISOString(),
  lastSeenAt: session.lastSeenAt.toISOString(),
  expiresAt: expiryOf(session).toISOString(),
  current: session.id === currentId,
})
