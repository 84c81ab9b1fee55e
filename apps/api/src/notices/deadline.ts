import type { NoticeKind } from './kinds.ts'

const DAY_MS = 24 * 3_600_000

/** What a message tells of a meeting that has begun, nobody needs any more. */
const BEFORE_THE_START: readonly NoticeKind[] = [
  'invited',
  'changed',
  'removed',
  'remind',
  'starting',
  'approval_todo',
]

/** Until when a message about it is worth sending. */
export const deadlineOf = ({
  kind,
  startsAt,
  at,
}: {
  kind: NoticeKind
  startsAt: Date | null
  at: Date
}): Date => {
  const tomorrow = new Date(at.getTime() + DAY_MS)
  if (startsAt === null || !BEFORE_THE_START.includes(kind)) return tomorrow
  // A reminder may be about a meeting of the day after tomorrow, which is still worth a day.
  return startsAt < tomorrow ? startsAt : tomorrow
}
