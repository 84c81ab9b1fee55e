import { badValue } from '../errors/business-error.ts'
import { MemberStatus } from '../org/membership.ts'
import { may, roleOf } from '../org/role.ts'
import { hoursProblem, timeProblem } from '../rooms/times.ts'
import type { ResolvedRoom } from './edit.ts'
import type { Meeting } from './rows.ts'

/** Rejects a span that no meeting can have, or not in that room. */
export const requireTimes = (
  span: { startsAt: Date; endsAt: Date },
  room: ResolvedRoom | null,
  timeZone: string,
  now: number,
) => {
  const problem = timeProblem(span, { now, inRoom: room !== null })
  if (problem !== null) throw badValue(problem)
  const closed = room === null ? null : hoursProblem(span, room, timeZone)
  if (closed !== null) throw badValue(closed === 'roomClosed' ? 'roomHours' : 'roomLength')
}

/** A draft may be older than its host's time in the company. */
export const requireHost = ({ host }: Pick<Meeting, 'host'>) => {
  if (host.status !== MemberStatus.active) throw badValue('host')
}

/** Nobody approves what they called or lead themselves, and nobody who has no say any more. */
export const requireAuditor = ({
  auditorId,
  auditor,
  creatorId,
  hostId,
}: Pick<Meeting, 'auditorId' | 'auditor' | 'creatorId' | 'hostId'>) => {
  if (auditorId === null || auditorId === creatorId || auditorId === hostId) {
    throw badValue('auditor')
  }
  // Whom an edit names was looked up with it.
  if (auditor?.id !== auditorId) return
  if (auditor.status !== MemberStatus.active || !may(roleOf(auditor.role), 'approveMeetings')) {
    throw badValue('auditor')
  }
}
