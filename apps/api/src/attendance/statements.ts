import type { Query, Statement } from '../infra/database/statement.ts'
import { insertInto } from '../infra/database/statement.ts'

/** A check-in by the code, or by hand with a reason. */
export type CheckIn = {
  meetingId: number
  memberId: number
  at: Date
  way: 'code' | 'hand'
  by: number
  reason: string | null
}

/** Keeps the first time; holds the row of the member until the transaction ends. */
export const CHECK_IN: Statement<CheckIn> = one(
  `UPDATE meeting_participant
    SET checked_in_at = ?, check_in_way = ?, checked_in_by = ?, check_in_reason = ?
    WHERE meeting_id = ? AND member_id = ? AND checked_in_at IS NULL`,
  ({ at, way, by, reason, meetingId, memberId }) => [at, way, by, reason, meetingId, memberId],
)

/** Takes a check-in back; the row says who did, and why. */
export const UNDO: Statement<CheckIn> = one(
  `UPDATE meeting_participant
    SET checked_in_at = NULL, check_in_way = 'undone', checked_in_by = ?, check_in_reason = ?
    WHERE meeting_id = ? AND member_id = ? AND checked_in_at IS NOT NULL`,
  ({ by, reason, meetingId, memberId }) => [by, reason, meetingId, memberId],
)

export type PlaceKey = Pick<CheckIn, 'meetingId' | 'memberId'>

export type PlaceRow = {
  reply: number
  checkedInAt: Date | null
  checkInWay: string | null
}

const PLACE = `SELECT reply, checked_in_at AS checkedInAt, check_in_way AS checkInWay
  FROM meeting_participant WHERE meeting_id = ? AND member_id = ?`

/** The row of a member who takes part, held until the transaction ends. */
export const LOCK_PLACE: Query<PlaceKey, PlaceRow> = {
  times: ['checkedInAt'],
  ...oneOf(PLACE, `${PLACE} FOR UPDATE`, ({ meetingId, memberId }) => [meetingId, memberId]),
}

export type MeetingTimes = {
  state: number
  startsAt: Date
  endsAt: Date
  endedAt: Date | null
  lateAfterMin: number
  openVotes: number
  checkInOpensMin: number
}

const TIMES = `SELECT state, starts_at AS startsAt, ends_at AS endsAt, ended_at AS endedAt,
    late_after_min AS lateAfterMin, open_votes AS openVotes,
    (SELECT check_in_opens_min FROM org WHERE org.id = meeting.org_id) AS checkInOpensMin
  FROM meeting WHERE id = ?`

/**
 * The meeting, shared with others who check in: who ends or moves it waits for them, and they for who
 * does. MySQL documents this older spelling too; MariaDB knows no other. On SQLite a writer is alone.
 */
export const SHARE_MEETING: Query<{ meetingId: number }, MeetingTimes> = {
  times: ['startsAt', 'endsAt', 'endedAt'],
  ...oneOf(TIMES, `${TIMES} LOCK IN SHARE MODE`, ({ meetingId }) => [meetingId]),
}

export type Corrected = {
  orgId: number
  at: Date
  actorId: number
  subject: string
  detail: string
  requestId: string
}

export const INSERT_EVENT = insertInto<Corrected>('audit_event', {
  org_id: ({ orgId }) => orgId,
  at: ({ at }) => at,
  actor_id: ({ actorId }) => actorId,
  kind: () => 'attendance',
  subject: ({ subject }) => subject,
  detail: ({ detail }) => detail,
  request_id: ({ requestId }) => requestId,
})

type Values<Row> = Statement<Row>['sqlite']['values']

/** The same text for both engines, about one row at a time. */
function one<Row>(text: string, values: Values<Row>): Statement<Row> {
  return oneOf(text, text, values)
}

function oneOf<Row>(sqlite: string, mysql: string, values: Values<Row>): Statement<Row> {
  return {
    sqlite: { text: sqlite, values },
    mysql: ([row, ...others]) => {
      if (row === undefined || others.length > 0) throw new Error('one row at a time')
      return { text: mysql, values: values(row) }
    },
  }
}
