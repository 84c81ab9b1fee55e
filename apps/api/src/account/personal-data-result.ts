import type { PersonalDataResult } from '@oa/contracts'
import { expiryOf } from '../sessions/session.ts'
import type { PersonalData } from './personal-data.ts'

/** The export as it goes over the wire; `currentId` is the session that asks. */
export const toPersonalDataResult = (
  {
    account,
    memberships,
    meetings,
    votes,
    choices,
    notices,
    sessions,
    events,
    consents,
    agreements,
    newDevices,
    eventsComplete,
  }: PersonalData,
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
    memberships: memberships.map(toMembership),
    meetings: meetings.map(toPlace),
    votes,
    choices: choices.map(({ castAt, ...same }) => ({ ...same, castAt: castAt.toISOString() })),
    notices: notices.map(toNotice),
    sessions: sessions.map((session) => toSession(session, currentId)),
    events: events.map(toEvent),
    consents: consents.map(({ changedAt, ...consent }) => ({
      ...consent,
      changedAt: changedAt.toISOString(),
    })),
    agreements: agreements.map(({ version, agreedAt }) => ({
      version,
      agreedAt: agreedAt.toISOString(),
    })),
    newDevices: newDevices.map(({ at, ...device }) => ({ ...device, at: at.toISOString() })),
    eventsComplete,
  }
}

const toMembership = ({
  publicId,
  decisionReason,
  requestedAt,
  decidedAt,
  joinedAt,
  leftAt,
  ...same
}: PersonalData['memberships'][number]) => ({
  ...same,
  id: publicId,
  reason: decisionReason,
  requestedAt: requestedAt?.toISOString() ?? null,
  decidedAt: decidedAt?.toISOString() ?? null,
  joinedAt: joinedAt?.toISOString() ?? null,
  leftAt: leftAt?.toISOString() ?? null,
})

const toPlace = ({
  startsAt,
  replyReason,
  repliedAt,
  seenAt,
  checkedInAt,
  ...same
}: PersonalData['meetings'][number]) => ({
  ...same,
  startsAt: startsAt.toISOString(),
  reason: replyReason,
  repliedAt: repliedAt?.toISOString() ?? null,
  seenAt: seenAt?.toISOString() ?? null,
  checkedInAt: checkedInAt?.toISOString() ?? null,
})

const toNotice = ({ kind, at, readAt, params }: PersonalData['notices'][number]) => ({
  kind,
  at: at.toISOString(),
  readAt: readAt?.toISOString() ?? null,
  words: params,
})

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
