import type { Transaction } from '../infra/database/engine.ts'
import { addToOutbox } from '../outbox/add.ts'
import type { NewWork } from '../outbox/row.ts'
import { deadlineOf } from './deadline.ts'
import type { NoticeKind } from './kinds.ts'
import { MESSAGE_OF } from './kinds.ts'

/** An event that reaches more members is told by the outbox. */
const TOLD_DIRECTLY = 500
/** So many at once: nobody's request waits long behind them. */
const AT_ONCE = 100

/** One event that these members are told of, in their inboxes and by WeChat. */
export type NewNotice = {
  orgId: number
  kind: NoticeKind
  to: readonly number[]
  meetingId: number | null
  voteId?: number
  /** Of one event, so that it tells nobody twice. */
  onceKey: string
  title: string
  startsAt: Date | null
  reason?: string | null
  /** The member who wants to join, for WeChat's message: a line keeps no names. */
  applicantId?: number
  /** What a tap on WeChat's message opens; by default the meeting, or the inbox. */
  page?: string
  at: Date
}

/** What a line keeps besides its columns. */
export type NoticeParams = { title: string; startsAt: string | null; reason: string | null }

/** What the outbox needs to tell so many members of an event; times are ISO texts. */
export type Announcement = NoticeParams & {
  orgId: number
  kind: NoticeKind
  onceKey: string
  voteId: number | null
  applicantId: number | null
  page: string | null
  at: string
  to: number[]
  /** False when the inboxes have it already. */
  writesLines: boolean
}

/**
 * In the transaction of what they tell. Few are told at once, many by the outbox within seconds; who
 * has agreed to it gets a message of WeChat's as well.
 */
export const addNotices = async (
  tx: Pick<Transaction, 'notice' | 'outbox'>,
  notice: NewNotice,
): Promise<void> => {
  const { kind, meetingId, at, startsAt } = notice
  const to = [...new Set(notice.to)].sort((one, other) => one - other)
  if (to.length === 0) return
  const writesLines = to.length > TOLD_DIRECTLY
  const told = {
    kind,
    orgId: notice.orgId,
    onceKey: notice.onceKey,
    voteId: notice.voteId ?? null,
    title: notice.title,
    writesLines,
    startsAt: startsAt?.toISOString() ?? null,
    reason: notice.reason ?? null,
    applicantId: notice.applicantId ?? null,
    page: notice.page ?? null,
    at: at.toISOString(),
  }
  if (!writesLines) await tx.notice.createMany({ data: linesOf(told, meetingId, to) })
  if (!writesLines && MESSAGE_OF[kind] === null) return
  // Lines are never too late: they are what was promised.
  const deadlineAt = writesLines ? FOREVER : deadlineOf(notice)
  const works = Array.from({ length: Math.ceil(to.length / AT_ONCE) }, (_, index): NewWork => {
    const payload: Announcement = { ...told, to: to.slice(index * AT_ONCE, (index + 1) * AT_ONCE) }
    const dedupeKey = `tell:${told.onceKey}:${index}`
    return { topic: 'announcement', dedupeKey, meetingId, payload, availableAt: at, deadlineAt }
  })
  await addToOutbox(tx, works, at)
}

const FOREVER = new Date('9999-01-01T00:00:00Z')

/** A row of somebody's inbox. */
export type NewLine = {
  orgId: number
  kind: NoticeKind
  meetingId: number | null
  voteId: number | null
  onceKey: string
  params: string
  at: Date
  memberId: number
}

/** The same event in each of these inboxes. */
export const linesOf = (
  told: Omit<Announcement, 'to' | 'writesLines' | 'applicantId' | 'page'>,
  meetingId: number | null,
  memberIds: readonly number[],
): NewLine[] => {
  const { orgId, kind, onceKey, voteId, title, startsAt, reason } = told
  const params: NoticeParams = { title, startsAt, reason }
  const at = new Date(told.at)
  const line = { orgId, kind, meetingId, voteId, onceKey, at, params: JSON.stringify(params) }
  return memberIds.map((memberId) => ({ ...line, memberId }))
}
