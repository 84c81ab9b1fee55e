import type { VoteItem, VoteState } from '@oa/contracts'
import { fillIn, messages } from '../i18n/index'
import { momentText } from '../meetings/when'
import { kindName, outcomeName, secrecyName, turnoutText, voteStateName } from './words'

const { vote } = messages

export type VoteCardView = {
  id: string
  title: string
  state: VoteState
  stateText: string
  /** How ballots are cast, and about what. */
  manner: string
  meeting: string
  turnout: string
  closes: string
  outcome: string
  mine: string
  /** The user's ballot is waited for. */
  asks: boolean
  /** All of it, for a screen reader. */
  label: string
}

/** What a card in a list shows; inside its meeting, the meeting is not named again. */
export const toVoteCard = (
  item: VoteItem,
  { inMeeting = false, now = new Date() }: { inMeeting?: boolean; now?: Date } = {},
): VoteCardView => {
  const { id, title, state, kind, secrecy, meeting, closesAt, outcome } = item
  const isOpen = state === 'open'
  const asks = isOpen && item.iAmElector && !item.iVoted
  const view = {
    id,
    title,
    state,
    stateText: voteStateName(state),
    manner: [kindName(kind), secrecyName(secrecy)].join(' · '),
    meeting: meeting && !inMeeting ? fillIn(vote.inMeeting, { title: meeting.title }) : '',
    turnout: turnoutText(item),
    closes: isOpen && closesAt ? fillIn(vote.closesAt, { at: momentText(closesAt, now) }) : '',
    outcome: outcome ? outcomeName(outcome) : '',
    mine: asks ? vote.toVote : mineText(item),
    asks,
  }
  const { stateText, manner, turnout, closes, mine } = view
  const spoken = [title, stateText, manner, view.meeting, view.outcome, turnout, closes, mine]

  return { ...view, label: spoken.filter(Boolean).join(' ') }
}

const mineText = ({ iVoted, state }: VoteItem): string =>
  iVoted && state !== 'cancelled' ? vote.voted : ''
