import type { CheckInWay, ReplyName } from './rows.ts'
import type { StateName } from './state.ts'

const MINUTE_MS = 60_000
/** For so long after the end the organisers may correct who was there. */
export const CORRECTION_MS = 7 * 86_400_000

export type AttendanceStatus = 'unknown' | 'present' | 'late' | 'on_leave' | 'absent'

type Place = { reply: ReplyName; checkedInAt: Date | null; checkInWay: CheckInWay | null }
/** A meeting in the state that it has by the clock. */
type Timed = { state: StateName; startsAt: Date; lateAfterMin: number }

/** After this instant who checks in is late. */
export const lateFrom = ({ startsAt, lateAfterMin }: Omit<Timed, 'state'>): Date =>
  new Date(startsAt.getTime() + lateAfterMin * MINUTE_MS)

/**
 * Where somebody is, from the row and the meeting alone; never stored. Who was recorded by hand is
 * present: the time of the record says nothing about when they came.
 */
export const attendanceOf = (
  { reply, checkedInAt, checkInWay }: Place,
  meeting: Timed,
): AttendanceStatus => {
  if (checkedInAt !== null) {
    const isLate = checkInWay === 'code' && checkedInAt.getTime() > lateFrom(meeting).getTime()
    return isLate ? 'late' : 'present'
  }
  if (reply === 'no') return 'on_leave'
  return meeting.state === 'ended' ? 'absent' : 'unknown'
}

type Opening = { state: StateName; startsAt: Date; org: { checkInOpensMin: number } }

export const checkInOpensAt = ({ startsAt, org }: Omit<Opening, 'state'>): Date =>
  new Date(startsAt.getTime() - org.checkInOpensMin * MINUTE_MS)

/** Whether somebody can check in; `state` is the one by the clock. */
export const isCheckInOpen = (meeting: Opening, now: number): boolean =>
  meeting.state === 'running' ||
  (meeting.state === 'scheduled' && now >= checkInOpensAt(meeting).getTime())

type Correctable = Opening & { endedAt: Date | null; endsAt: Date }

/** Whether the organisers may record by hand who was there, or take it back. */
export const isCorrectable = (meeting: Correctable, now: number): boolean => {
  if (meeting.state !== 'ended') return isCheckInOpen(meeting, now)
  const endedAt = meeting.endedAt ?? meeting.endsAt
  return now < endedAt.getTime() + CORRECTION_MS
}
