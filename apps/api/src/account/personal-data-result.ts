import type { PersonalDataResult } from '@oa/contracts'
import { expiryOf } from '../sessions/session.ts'
import type { PersonalData } from './personal-data.ts'

/** The export as it goes over the wire; `currentId` is the session that asks. */
export const toPersonalDataResult = (
  { account, sessions, events, eventsComplete }: PersonalData,
  currentId: string,
): PersonalDataResult => {
  const { birthday, phoneBoundAt, addTime, lastLoginTime, ...same } = account
  return {
    exportedAt: new Date().toISOString(),
    account: {
      ...same,
      birthday: birthday?.toISOString().slice(0, 'yyyy-mm-dd'.length) ?? null,
      phoneBoundAt: phoneBoundAt?.toISOString() ?? null,
      memberSince: addTime.toISOString(),
      lastLoginAt: lastLoginTime.toISOString(),
    },
    sessions: sessions.map((session) => toSession(session, currentId)),
    events: events.map(toEvent),
    eventsComplete,
  }
}

const toSession = (session: PersonalData['sessions'][number], currentId: string) => ({
  id: session.id,
  deviceName: session.deviceName,
  ip: session.ip,
  userAgent: session.userAgent,
  createdAt: session.createdAt.toISOString(),
  lastSeenAt: session.lastSeenAt.toISOString(),
  expiresAt: expiryOf(session).toISOString(),
  endedAt: session.endedAt?.toISOString() ?? null,
  endedReason: session.endedReason,
  current: session.id === currentId,
})

/** The address of another service of the company says nothing about the user it asked for. */
const toEvent = ({ at, kind, outcome, ip, userAgent }: PersonalData['events'][number]) => ({
  at: at.toISOString(),
  kind,
  outcome,
  userAgent,
  ip: kind === 'service_call' || kind === 'service_refused' ? '' : ip,
})
