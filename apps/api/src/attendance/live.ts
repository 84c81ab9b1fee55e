import { notFound } from '../errors/business-error.ts'
import type { Clock } from '../infra/database/clock.ts'
import { lateFrom } from '../meetings/attendance.ts'
import type { View } from '../meetings/roles.ts'
import { rolesOf, viewOf } from '../meetings/roles.ts'
import { partOf } from '../meetings/rows.ts'
import { may, roleOf } from '../org/role.ts'
import type { User } from '../users/user.ts'
import { createRecent } from './recent.ts'
import type { AttendanceStore } from './sql.ts'

const RECENT_MS = 1_000

type Deps = { store: AttendanceStore; clock: Clock }

export type Live = ReturnType<typeof createLive>
export type LiveMeeting = Awaited<ReturnType<Live['read']>>

/** How meetings go, for the many who ask every few seconds: at most a second old. */
export const createLive = ({ store, clock }: Deps) => {
  const recent = createRecent(RECENT_MS, async (meetingId) => {
    const meeting = await store.readMeeting(meetingId, clock.now())
    if (meeting === null) throw notFound()
    return { ...meeting, ...(await store.count(meetingId, lateFrom(meeting))) }
  })

  return {
    read: recent,

    /** For who sees the meeting. Who may is read anew each time, so that a suspension is felt at once. */
    async view(user: User, publicId: string) {
      const attendee = await store.findAttendee(user.id, publicId)
      if (attendee === null) throw notFound()
      const { meetingId, memberId, memberRole, part } = attendee
      const meeting = await recent(meetingId)
      const roles = rolesOf(meeting, memberId, part === null ? null : partOf(part))
      const admin = may(roleOf(memberRole), 'manageMeetings')
      const view: View = viewOf(meeting.state, { roles, admin })
      if (view === 'none') throw notFound()
      return meeting
    },
  }
}
