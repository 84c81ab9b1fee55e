import type { InboxItem, NoticeKind } from '@oa/contracts'
import { fillIn, messages } from '../../../i18n/index'
import { momentText } from '../../../meetings/when'

const { notice } = messages

export type Line = {
  /** Its place in the list: lines have no id of their own. */
  key: number
  meetingId: string
  voteId: string
  title: string
  text: string
  details: string[]
  /** When, and from which company. */
  from: string
  read: boolean
  label: string
}

const kinds = (): Record<NoticeKind, string> => ({
  invited: notice.invited,
  changed: notice.changed,
  removed: notice.removed,
  cancelled: notice.cancelled,
  remind: notice.remind,
  starting: notice.starting,
  approval_todo: notice.approvalTodo,
  approved: notice.approved,
  rejected: notice.rejected,
  vote_opened: notice.voteOpened,
  vote_closed: notice.voteClosed,
  vote_cancelled: notice.voteCancelled,
  join_request: notice.joinRequest,
  join_accepted: notice.joinAccepted,
  join_refused: notice.joinRefused,
  org_notice: notice.orgNotice,
})

/** A kind that a newer server tells of has words that say little, and still leads to its meeting. */
const wordsOf = (kind: string): string => {
  const words: Readonly<Record<string, string | undefined>> = kinds()

  return words[kind] ?? notice.other
}

/** A line of the inbox in words; `first` is its place in the list. */
export const toLines = (items: InboxItem[], first: number, now = new Date()): Line[] =>
  items.map((item, index) => {
    const { kind, title, startsAt, reason, meetingId, voteId, orgName, read } = item
    const text = wordsOf(kind)
    const details = [
      startsAt && fillIn(notice.startsAt, { at: momentText(startsAt, now) }),
      reason && fillIn(notice.why, { reason }),
    ].filter((detail): detail is string => Boolean(detail))
    const at = momentText(item.at, now)

    return {
      key: first + index,
      meetingId: meetingId ?? '',
      voteId: voteId ?? '',
      title,
      text,
      details,
      from: [at, orgName].filter(Boolean).join(' · '),
      read,
      label: [read ? '' : notice.unread, text, title, ...details, at].filter(Boolean).join(' '),
    }
  })
