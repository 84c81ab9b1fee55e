import type { MeetingResult } from '@oa/contracts'
import { fillIn, messages } from '../../../i18n/index'
import { meetingStateName, placeText, replyName } from '../../../meetings/card'
import { spanText } from '../../../meetings/when'
import type { VoteCardView } from '../../../votes/card'
import { toVoteCard } from '../../../votes/card'
import { countsText, toCheckIn } from './presence'
import type { Decided } from './steps'

const { meeting } = messages

export type Field = { name: string; value: string }
/** The buttons below the meeting; replies and the check-in have places of their own. */
export type Offered = Decided | 'update'
export type Button = { action: Offered; text: string; look: string }

/** The page's data without a meeting. */
export const EMPTY = {
  isLoaded: false,
  title: '',
  state: '',
  stateText: '',
  fields: [] as Field[],
  agenda: '',
  reason: '',
  people: '',
  counts: '',
  /** What became of WeChat's messages; only organisers are told. */
  delivery: '',
  hasDetails: false,
  /** When the user checked in, and whether in time. */
  checkedIn: '',
  /** When check-in begins, on the day of the meeting. */
  opensAt: '',
  mayCheckIn: false,
  mayShowCode: false,
  mayReply: false,
  reply: '',
  myReply: '',
  myReason: '',
  votes: [] as VoteCardView[],
  mayAddVote: false,
  buttons: [] as Button[],
}

/** A meeting as its page shows it. */
export const toView = (result: MeetingResult, now = new Date()): typeof EMPTY => {
  const { title, state, details, may, myReply } = result

  return {
    isLoaded: true,
    title,
    state,
    stateText: meetingStateName(result),
    fields: toFields(result, now),
    agenda: details?.agenda ?? '',
    reason: details?.reason ?? '',
    people: fillIn(meeting.peopleCount, { count: result.people }),
    counts: state === 'draft' ? '' : countsText(result),
    ...toCheckIn(result, now),
    delivery: deliveryText(details?.messages ?? null),
    hasDetails: details !== null,
    mayReply: may.includes('reply'),
    reply: replyName(myReply),
    myReply: myReply ?? '',
    myReason: details?.myReason ?? '',
    votes: details?.votes.map((item) => toVoteCard(item, { inMeeting: true, now })) ?? [],
    mayAddVote: details?.mayAddVote ?? false,
    buttons: BUTTONS.filter(({ action }) => may.includes(action)).map(({ action, look }) => ({
      action,
      text: buttonText(action),
      look,
    })),
  }
}

type MessageCounts = NonNullable<NonNullable<MeetingResult['details']>['messages']>

/** Who got a message of WeChat's, and why others did not; what happened to nobody is left out. */
const deliveryText = (counts: MessageCounts | null): string => {
  if (counts === null) return ''
  const { sent, noConsent, unknown, waiting, failed } = counts
  const parts: [string, number][] = [
    [meeting.messagesNoConsent, noConsent],
    [meeting.messagesUnknown, unknown],
    [meeting.messagesWaiting, waiting],
    [meeting.messagesFailed, failed],
  ]
  const others = parts.filter(([, count]) => count > 0)

  return [[meeting.messagesSent, sent] as const, ...others]
    .map(([text, count]) => fillIn(text, { count }))
    .join(' · ')
}

const toFields = (result: MeetingResult, now: Date): Field[] => {
  const { startsAt, endsAt, host, details } = result
  const pairs: [string, string | undefined][] = [
    [meeting.time, spanText(startsAt, endsAt, now)],
    [meeting.place, placeText(result)],
    [meeting.host, host.name],
    [meeting.creator, details?.creator.name],
    [meeting.recorder, details?.recorder?.name],
    [meeting.auditor, details?.auditor?.name],
  ]

  return pairs.flatMap(([name, value]) => (value ? [{ name, value }] : []))
}

/** In the order in which they are offered: what goes on first, what ends it last. */
const BUTTONS: readonly { action: Offered; look: string }[] = [
  { action: 'submit', look: '' },
  { action: 'approve', look: '' },
  { action: 'start', look: '' },
  { action: 'extend', look: 'btn-plain' },
  { action: 'update', look: 'btn-plain' },
  { action: 'remind', look: 'btn-plain' },
  { action: 'copy', look: 'btn-plain' },
  { action: 'withdraw', look: 'btn-plain' },
  { action: 'reject', look: 'btn-danger' },
  { action: 'end', look: 'btn-danger' },
  { action: 'cancel', look: 'btn-danger' },
  { action: 'delete', look: 'btn-danger' },
]

const buttonText = (action: Offered): string =>
  action === 'delete' ? meeting.remove : meeting[action]
