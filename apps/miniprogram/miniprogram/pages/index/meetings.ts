import type { MeetingCard, VoteItem } from '@oa/contracts'
import { api } from '../../config/api'
import { fillIn, messages } from '../../i18n/index'
import type { CardView } from '../../meetings/card'
import { toCardView } from '../../meetings/card'
import { forgetLists, keepList, keptList } from '../../meetings/kept-lists'
import { momentText } from '../../meetings/when'
import { request } from '../../net/request'
import { keepUnread, unreadText } from '../../ui/unread'
import type { VoteCardView } from '../../votes/card'
import { toVoteCard } from '../../votes/card'
import { forgetVotes, keepVotes, keptVotes } from '../../votes/kept-lists'

const { meeting } = messages
const KEPT = 'home'

/** What the first page shows to a member; `isInCompany` is unknown before the first answer. */
export const NO_MEETINGS = {
  isInCompany: false,
  cards: [] as CardView[],
  votes: [] as VoteCardView[],
  unread: '',
  inboxLabel: '',
  keptAt: '',
  /** A meeting of the user goes on or begins today, and they have not checked in. */
  mayCheckIn: false,
}

export const loadMeetings = async (): Promise<typeof NO_MEETINGS> => {
  const { data } = await request(api.home, 'GET')
  keepUnread(data.unread)
  if (data.guest) {
    forgetLists()
    forgetVotes()
    return NO_MEETINGS
  }
  keepList(KEPT, data.infoList)
  keepVotes(KEPT, data.votes)
  const unread = unreadText(data.unread)

  return {
    isInCompany: true,
    cards: data.infoList.map((card) => toCardView(card)),
    mayCheckIn: data.infoList.some((card) => isToday(card)),
    votes: toVotes(data.votes),
    unread,
    inboxLabel: [meeting.inbox, unread].filter(Boolean).join(' '),
    keptAt: '',
  }
}

const isToday = (
  { state, startsAt, myReply, myCheckedIn }: MeetingCard,
  now = new Date(),
): boolean =>
  myReply !== null &&
  !myCheckedIn &&
  (state === 'running' ||
    (state === 'scheduled' && new Date(startsAt).toDateString() === now.toDateString()))

/** The meetings that were shown last; `undefined` for who has never been seen as a member here. */
export const keptMeetings = (): Partial<typeof NO_MEETINGS> | undefined => {
  const kept = keptList(KEPT)
  if (!kept) return undefined

  return {
    isInCompany: true,
    cards: kept.items.map((card) => toCardView(card)),
    mayCheckIn: kept.items.some((card) => isToday(card)),
    votes: toVotes(keptVotes(KEPT)?.items ?? []),
    inboxLabel: meeting.inbox,
    keptAt: fillIn(meeting.keptAt, { at: momentText(kept.at) }),
  }
}

/** Those that wait for the user's ballot. */
const toVotes = (items: VoteItem[]): VoteCardView[] =>
  items.map((item) => toVoteCard(item)).filter(({ asks }) => asks)
