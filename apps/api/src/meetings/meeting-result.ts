import type { MeetingCard, MeetingResult, VoteItem } from '@oa/contracts'
import { attendanceOf, checkInOpensAt } from './attendance.ts'
import type { Detailed } from './details.ts'
import { rolesOf } from './roles.ts'
import type { Meeting } from './rows.ts'
import type { Listed } from './sql.ts'
import { MeetingState } from './state.ts'
import { isOrganiser } from './transitions.ts'

type Named = { publicId: string; name: string }

const toPerson = ({ publicId, name }: Named) => ({ id: publicId, name })
const orNull = (named: Named | null) => (named === null ? null : toPerson(named))

const VOTING_CODE = 6
const isVoting = ({ state, openVotes }: Meeting) => state === 'running' && openVotes > 0

type Mine = Pick<MeetingCard, 'myRoles' | 'myReply' | 'myCheckedIn'>

const toCard = (meeting: Meeting, { myRoles, myReply, myCheckedIn }: Mine): MeetingCard => ({
  id: meeting.publicId,
  orgId: meeting.org.publicId,
  title: meeting.title,
  state: meeting.state,
  // As clients of the articles number a meeting whose vote is open.
  stateCode: isVoting(meeting) ? VOTING_CODE : MeetingState[meeting.state],
  voting: isVoting(meeting),
  startsAt: meeting.startsAt.toISOString(),
  endsAt: meeting.endsAt.toISOString(),
  location: meeting.location,
  room: orNull(meeting.room),
  host: toPerson(meeting.host),
  people: meeting.people,
  myRoles,
  myReply,
  myCheckedIn,
  version: meeting.version,
})

const isOver = ({ state }: Meeting) => state === 'ended' || state === 'cancelled'

export const toListedCard = ({
  meeting,
  memberId,
  part,
  reply,
  isCheckedIn,
}: Listed): MeetingCard =>
  toCard(meeting, {
    myRoles: rolesOf(meeting, memberId, part),
    myReply: part === null ? null : reply,
    myCheckedIn: isCheckedIn,
  })

/** `votes` of the meeting, as far as the caller sees them. */
export const toMeetingResult = (detailed: Detailed, votes: VoteItem[]): MeetingResult => {
  const { meeting, roles, place, counts, messages, may, view } = detailed
  return {
    ...toCard(meeting, {
      myRoles: roles,
      myReply: place?.reply ?? null,
      myCheckedIn: (place?.checkedInAt ?? null) !== null,
    }),
    counts,
    may,
    details:
      view === 'card'
        ? null
        : {
            agenda: meeting.agenda,
            creator: toPerson(meeting.creator),
            recorder: orNull(meeting.recorder),
            auditor: orNull(meeting.auditor),
            reason: meeting.reason,
            sequence: meeting.sequence,
            myReason: place?.reason ?? null,
            mySeenAt: place?.seenAt?.toISOString() ?? null,
            votes,
            mayAddVote: isOrganiser(roles) && !isOver(meeting),
            messages,
            myCheckedInAt: place?.checkedInAt?.toISOString() ?? null,
            myStatus: place && attendanceOf(place, meeting),
            myCheckInWay: place?.checkInWay ?? null,
            checkInOpensAt: checkInOpensAt(meeting).toISOString(),
          },
  }
}
