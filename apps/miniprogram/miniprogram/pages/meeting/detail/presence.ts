import type { MeetingResult } from '@oa/contracts'
import { fillIn, messages } from '../../../i18n/index'
import { checkedInText } from '../../../meetings/attendance'
import { clockText } from '../../../meetings/when'

const { checkIn, meeting } = messages

/** Once the meeting has begun, who is there says more than who wanted to come. */
export const countsText = ({ state, people, counts }: MeetingResult): string =>
  state === 'running' || state === 'ended'
    ? fillIn(checkIn.presentOf, { present: counts.present, people })
    : fillIn(meeting.counts, counts)

/** What the page says about the user's check-in, and offers. */
export const toCheckIn = (
  { state, details, may, myReply }: MeetingResult,
  now: Date,
): { checkedIn: string; opensAt: string; mayCheckIn: boolean; mayShowCode: boolean } => {
  const mayCheckIn = may.includes('check_in')
  const at = details?.myCheckedInAt
  const opens = details && new Date(details.checkInOpensAt)
  const isToday = opens?.toDateString() === now.toDateString()
  const waits = state === 'scheduled' && myReply !== null && !mayCheckIn && !at && isToday

  return {
    checkedIn: at ? checkedInText(at, details.myStatus, details.myCheckInWay) : '',
    opensAt:
      waits && opens && opens > now
        ? fillIn(checkIn.opensAt, { time: clockText(details.checkInOpensAt) })
        : '',
    mayCheckIn,
    mayShowCode: may.includes('show_code'),
  }
}
