import type { Engine } from '../infra/database/engine.ts'
import type { Pipeline } from '../infra/database/pipeline.ts'
import { checkInWayOf, replyOf } from '../meetings/rows.ts'
import { effectiveState, stateNameOf } from '../meetings/state.ts'
import { MemberStatus } from '../org/membership.ts'
import type { CheckIn, Corrected, MeetingTimes, PlaceKey, PlaceRow } from './statements.ts'
import { CHECK_IN, INSERT_EVENT, LOCK_PLACE, SHARE_MEETING, UNDO } from './statements.ts'

/** A member as a meeting of the company knows them; `part` is null for who does not take part. */
export type Attendee = {
  meetingId: number
  memberId: number
  memberRole: number
  part: number | null
  isCheckedIn: boolean
}

/** A meeting by the clock, with somebody's place in it. */
export type Attended = {
  place: ReturnType<typeof toPlace>
  meeting: ReturnType<typeof toTimes>
}

export type AttendanceStore = ReturnType<typeof createAttendanceStore>

export const createAttendanceStore = (engine: Engine) => ({
  /** Null unless the user is an active member of the company of that meeting. */
  findAttendee: async (userId: number, meetingPublicId: string): Promise<Attendee | null> => {
    const rows = await engine.run(
      (client) => client.$queryRaw<Numbers<AttendeeRow>[]>`
        SELECT m.id AS meetingId, om.id AS memberId, om.role AS memberRole, p.role AS part,
          CASE WHEN p.checked_in_at IS NULL THEN 0 ELSE 1 END AS checkedIn
        FROM meeting m
        JOIN org o ON o.id = m.org_id AND o.closed_at IS NULL
        JOIN org_member om ON om.org_id = m.org_id AND om.user_id = ${userId}
          AND om.status = ${MemberStatus.active}
        LEFT JOIN meeting_participant p ON p.meeting_id = m.id AND p.member_id = om.id
        WHERE m.public_id = ${meetingPublicId}`,
    )
    const [row] = rows
    return row === undefined
      ? null
      : {
          meetingId: Number(row.meetingId),
          memberId: Number(row.memberId),
          memberRole: Number(row.memberRole),
          part: row.part === null ? null : Number(row.part),
          isCheckedIn: Number(row.checkedIn) === 1,
        }
  },

  /** The place of a member and the meeting as they are now; null for who does not take part. */
  read: ({ meetingId, memberId }: PlaceKey, now: number): Promise<Attended | null> =>
    engine.run(async (client) => {
      const row = await client.meetingParticipant.findUnique({
        where: { meetingId_memberId: { meetingId, memberId } },
        include: { meeting: { include: { org: { select: { checkInOpensMin: true } } } } },
      })
      if (row === null) return null
      const { meeting, ...place } = row
      const { checkInOpensMin } = meeting.org
      return { place: toPlace(place), meeting: toTimes({ ...meeting, checkInOpensMin }, now) }
    }),

  /**
   * Checks a member in, unless `check` throws on the meeting as it is then: nothing is written then.
   * Whoever ends the meeting waits for this, or this for them. Null for who does not take part.
   */
  checkIn: (
    checkIn: CheckIn,
    check: (meeting: Attended['meeting']) => void,
  ): Promise<Attended | null> =>
    engine.pipeline(async (pipeline) => {
      pipeline.send(CHECK_IN, [checkIn])
      const [place] = await pipeline.query(LOCK_PLACE, [checkIn])
      if (place === undefined) return null
      const meeting = await shareMeeting(pipeline, checkIn)
      check(meeting)
      return { place: toPlace(place), meeting }
    }),

  /** The same by hand, recorded for the company; what is so already is left as it is. */
  correct: (
    present: boolean,
    checkIn: CheckIn,
    event: Corrected,
    check: (meeting: Attended['meeting']) => void,
  ): Promise<Attended | null> =>
    engine.pipeline(async (pipeline) => {
      const [before] = await pipeline.query(LOCK_PLACE, [checkIn])
      if (before === undefined) return null
      const meeting = await shareMeeting(pipeline, checkIn)
      check(meeting)
      if (present === (before.checkedInAt !== null)) return { place: toPlace(before), meeting }
      pipeline.send(present ? CHECK_IN : UNDO, [checkIn])
      pipeline.send(INSERT_EVENT, [event])
      const [after] = await pipeline.query(LOCK_PLACE, [checkIn])
      return { place: toPlace(after ?? before), meeting }
    }),

  /** Who a meeting belongs to and how it goes; for callers whose right to know was settled. */
  readMeeting: async (meetingId: number, now: number) => {
    const row = await engine.run((client) =>
      client.meeting.findUnique({
        where: { id: meetingId },
        include: { org: { select: { checkInOpensMin: true, appId: true, timeZone: true } } },
      }),
    )
    if (row === null) return null
    const named = { ...row, state: stateNameOf(row.state) }
    return { ...named, state: effectiveState(named, now) }
  },

  /** How many are there, and how many of them came late. */
  count: async (meetingId: number, lateFrom: Date): Promise<{ present: number; late: number }> =>
    engine.run(async (client) => {
      const there = { meetingId, checkedInAt: { not: null } }
      const present = await client.meetingParticipant.count({ where: there })
      const late =
        present === 0
          ? 0
          : await client.meetingParticipant.count({
              where: { meetingId, checkInWay: 'code', checkedInAt: { gt: lateFrom } },
            })
      return { present, late }
    }),

  /** The number of a member of that company; null for every other one. */
  findMember: async (orgId: number, publicId: string): Promise<number | null> => {
    const row = await engine.run((client) =>
      client.orgMember.findFirst({ where: { orgId, publicId }, select: { id: true } }),
    )
    return row?.id ?? null
  },
})

type AttendeeRow = {
  meetingId: number
  memberId: number
  memberRole: number
  part: number | null
  checkedIn: number
}
/** SQLite's adapter gives every integer as a bigint. */
type Numbers<Row> = { [Name in keyof Row]: Row[Name] | bigint }

const shareMeeting = async (pipeline: Pipeline, { meetingId, at }: CheckIn) => {
  const [times] = await pipeline.query(SHARE_MEETING, [{ meetingId }])
  if (times === undefined) throw new Error('a place without its meeting')
  return toTimes(times, at.getTime())
}

const toPlace = ({ reply, checkedInAt, checkInWay }: PlaceRow) => ({
  reply: replyOf(reply),
  checkedInAt,
  checkInWay: checkInWayOf(checkInWay),
})

const toTimes = (
  { state, startsAt, endsAt, endedAt, openVotes, lateAfterMin, checkInOpensMin }: MeetingTimes,
  now: number,
) => {
  const timed = { state: stateNameOf(state), startsAt, endsAt, openVotes }
  return {
    ...timed,
    state: effectiveState(timed, now),
    endedAt,
    lateAfterMin,
    org: { checkInOpensMin },
  }
}
