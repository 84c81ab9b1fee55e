import type { MeetingCard, MeetingState, Reply } from '@oa/contracts'
import { fillIn, messages } from '../i18n/index'
import { spanText } from './when'

const { meeting } = messages

export const meetingStateName = ({
  state,
  voting,
}: Pick<MeetingCard, 'state' | 'voting'>): string => (voting ? meeting.voting : stateName(state))

const stateName = (state: MeetingState): string =>
  ({
    draft: meeting.draft,
    pending: meeting.pending,
    rejected: meeting.rejected,
    scheduled: meeting.scheduled,
    running: meeting.running,
    ended: meeting.ended,
    cancelled: meeting.cancelled,
  })[state]

export const replyName = (reply: Reply | null): string =>
  reply === null
    ? ''
    : { yes: meeting.replyYes, no: meeting.replyNo, none: meeting.replyNone }[reply]

/** Room and place in one line; empty where there is neither. */
export const placeText = ({ room, location }: Pick<MeetingCard, 'room' | 'location'>): string =>
  [room?.name, location].filter(Boolean).join(' · ')

export type CardView = {
  id: string
  title: string
  state: MeetingState
  stateText: string
  when: string
  place: string
  people: string
  reply: string
  /** The reply is waited for. */
  asks: boolean
  /** All of it, for a screen reader. */
  label: string
}

/** What a card in a list shows. */
export const toCardView = (card: MeetingCard, now = new Date()): CardView => {
  const { id, title, state, startsAt, endsAt, host, people, myReply } = card
  const asks = state === 'scheduled' && myReply === 'none'
  const view = {
    id,
    title,
    state,
    stateText: meetingStateName(card),
    when: spanText(startsAt, endsAt, now),
    place: placeText(card),
    people: fillIn(meeting.hostAndPeople, { host: host.name, count: people }),
    reply: myReply === 'none' && !asks ? '' : replyName(myReply),
    asks,
  }
  const { stateText, when, place, reply } = view

  return { ...view, label: [title, stateText, when, place, reply].filter(Boolean).join(' ') }
}
