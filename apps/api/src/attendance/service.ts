import type { CheckInByHandRequest } from '@oa/contracts'
import {
  checkInCodeInvalid,
  forbidden,
  notFound,
  notInvited,
  notNow,
  tooManyRequests,
} from '../errors/business-error.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { Counter } from '../infra/shared-state/counter.ts'
import type { AttendanceStatus } from '../meetings/attendance.ts'
import { attendanceOf, isCheckInOpen, isCorrectable } from '../meetings/attendance.ts'
import { isOrganiser } from '../meetings/transitions.ts'
import type { Viewer } from '../meetings/viewer.ts'
import type { User } from '../users/user.ts'
import type { CheckInCodes } from './code.ts'
import type { Live } from './live.ts'
import type { CodePictures, ShownCode } from './pictures.ts'
import type { AttendanceStore, Attended } from './sql.ts'

const MINUTE_MS = 60_000
const PER_MINUTE = 10

type Deps = {
  viewer: Viewer
  store: AttendanceStore
  codes: CheckInCodes
  pictures: CodePictures
  live: Live
  requireReason(user: User, reason: string): Promise<void>
  counter: Counter
  clock: Clock
}

export type CheckedIn = { meetingId: string; checkedInAt: Date; status: AttendanceStatus }
export type Attendance = ReturnType<typeof createAttendance>

/** Who is there: by a code that is shown in the room, or by hand. */
export const createAttendance = (deps: Deps) => {
  const { viewer, store, codes, pictures, live, requireReason, counter, clock } = deps

  const requireOrganiser = async (user: User, publicId: string) => {
    const viewed = await viewer.view(user, publicId)
    if (!isOrganiser(viewed.roles)) throw forbidden('organisersOnly')
    return viewed
  }

  return {
    live,

    /** For the organisers, while people can check in. */
    async showCode(
      user: User,
      publicId: string,
    ): Promise<{ codes: ShownCode[]; now: Date; present: number; people: number }> {
      const { meeting } = await requireOrganiser(user, publicId)
      const now = clock.now()
      requireOpen(meeting, now)
      const { present, people } = await live.read(meeting.id)
      return { codes: await pictures.next(publicId, now), now: new Date(now), present, people }
    },

    /**
     * Checks the user in by what was scanned. Who is there already gets the first time again, also by a
     * code that is too old by now: the answer to the request before may have been lost.
     */
    async checkIn(user: User, text: string): Promise<CheckedIn> {
      const { current, ttl } = await counter.increment(`checkin:${user.id}`, MINUTE_MS)
      if (current > PER_MINUTE) throw tooManyRequests('checkIn', ttl)
      const code = codes.read(text, clock.now())
      if (code === null) throw checkInCodeInvalid()
      const attendee = await store.findAttendee(user.id, code.meetingId)
      if (attendee === null) throw checkInCodeInvalid()
      if (attendee.isCheckedIn) {
        const known = await store.read(attendee, clock.now())
        if (known !== null && known.place.checkedInAt !== null) return toCheckedIn(code, known)
      }
      if (!code.isCurrent) throw checkInCodeInvalid()
      if (attendee.part === null) throw notInvited()
      const { meetingId, memberId } = attendee
      const now = clock.now()
      const done = await store.checkIn(
        { meetingId, memberId, at: new Date(now), way: 'code', by: memberId, reason: null },
        (meeting) => requireOpen(meeting, now),
      )
      if (done === null) throw notInvited()
      return toCheckedIn(code, done)
    },

    /** Records that a member is there, or takes it back; what is so already stays as it is. */
    async correct(
      user: User,
      publicId: string,
      { memberId: memberPublicId, present, reason }: CheckInByHandRequest,
      requestId: string,
    ): Promise<AttendanceStatus> {
      const { meeting, actor } = await requireOrganiser(user, publicId)
      await requireReason(user, reason)
      const memberId = await store.findMember(meeting.orgId, memberPublicId)
      if (memberId === null) throw notFound()
      const now = clock.now()
      const at = new Date(now)
      const detail = `${present ? 'checked in' : 'undone'} ${memberPublicId}`
      const event = {
        orgId: meeting.orgId,
        actorId: actor.id,
        subject: publicId,
        detail,
        requestId,
      }
      const done = await store.correct(
        present,
        { meetingId: meeting.id, memberId, at, way: 'hand', by: actor.id, reason },
        { ...event, at },
        (locked) => {
          if (isCorrectable(locked, now)) return
          if (locked.state === 'ended') throw notNow('correctionOver')
          requireOpen(locked, now)
        },
      )
      if (done === null) throw notFound()
      return attendanceOf(done.place, done.meeting)
    },
  }
}

export const requireOpen = (meeting: Parameters<typeof isCheckInOpen>[0], now: number) => {
  if (isCheckInOpen(meeting, now)) return
  const isOver = meeting.state === 'ended' || meeting.state === 'cancelled'
  throw notNow(isOver ? 'checkInOver' : 'checkInOpens')
}

const toCheckedIn = ({ meetingId }: { meetingId: string }, { place, meeting }: Attended) => {
  const { checkedInAt } = place
  if (checkedInAt === null) throw new Error('the check-in that was just written is not there')
  return { meetingId, checkedInAt, status: attendanceOf(place, meeting) }
}
