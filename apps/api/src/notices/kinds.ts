import type { MessageKind } from '../config/message-templates.ts'

/** What a line of the inbox tells; its words are the client's. */
export type NoticeKind =
  | 'invited'
  | 'changed'
  | 'removed'
  | 'cancelled'
  | 'remind'
  | 'starting'
  | 'approval_todo'
  | 'approved'
  | 'rejected'
  | 'vote_opened'
  | 'vote_closed'
  | 'vote_cancelled'
  | 'join_request'
  | 'join_accepted'
  | 'join_refused'
  | 'org_notice'

/** By which of WeChat's messages a line is told as well; null for those that only the inbox tells. */
export const MESSAGE_OF: Readonly<Record<NoticeKind, MessageKind | null>> = {
  invited: 'invited',
  changed: 'changed',
  removed: 'cancelled',
  cancelled: 'cancelled',
  remind: 'invited',
  starting: 'starting',
  approval_todo: 'approval',
  approved: 'result',
  rejected: 'result',
  vote_opened: 'vote',
  vote_closed: null,
  vote_cancelled: null,
  join_request: 'approval',
  join_accepted: 'result',
  join_refused: 'result',
  org_notice: null,
}
