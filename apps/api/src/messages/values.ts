import type { MessageKind, MessageValues } from '../config/message-templates.ts'
import type { Announcement, NoticeParams } from '../notices/add.ts'
import type { NoticeKind } from '../notices/kinds.ts'

/** What one message needs; the words are made when it is sent. */
export type MessageOrder = NoticeParams & Pick<Announcement, 'kind' | 'applicantId' | 'page' | 'at'>

const REMOVED = '你已不在参会名单中'
const RESULTS: Partial<Record<NoticeKind, string>> = {
  approved: '已通过',
  rejected: '未通过',
  join_accepted: '已加入',
  join_refused: '未通过',
}

type Values = { [Kind in MessageKind]?: MessageValues<Kind> }

/** The values of a message of that kind; WeChat's fields cut them to their lengths. */
export const valuesOf = <Kind extends Exclude<MessageKind, 'new_device'>>(
  message: Kind,
  order: Pick<MessageOrder, 'kind' | 'title' | 'startsAt' | 'reason' | 'at'>,
  { place, applicant }: { place: string; applicant: string },
): MessageValues<Kind> => {
  const { kind, title } = order
  const time = new Date(order.startsAt ?? order.at)
  const reason = kind === 'removed' ? REMOVED : (order.reason ?? '')
  const meeting = { title, time, place }
  const values = {
    invited: meeting,
    changed: meeting,
    starting: meeting,
    cancelled: { title, time, reason },
    approval: { title, time, applicant },
    result: { title, time, result: RESULTS[kind] ?? '' },
    vote: { title, time },
  } satisfies Values
  return values[message] as unknown as MessageValues<Kind>
}
