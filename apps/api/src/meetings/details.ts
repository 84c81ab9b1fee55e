import type { Clock } from '../infra/database/clock.ts'
import type { User } from '../users/user.ts'
import { isCheckInOpen, isCorrectable } from './attendance.ts'
import { needsApproval } from './lifecycle.ts'
import type { MessageCounter, MessageCounts } from './message-counts.ts'
import type { MeetingStore } from './sql.ts'
import type { Action } from './transitions.ts'
import { isOrganiser, possibleActions } from './transitions.ts'
import type { Viewed, Viewer } from './viewer.ts'

type Deps = { viewer: Viewer; store: MeetingStore; countMessages: MessageCounter; clock: Clock }

/** What pages offer; those beside the actions change no state. */
export type Offer =
  | Action
  | 'reply'
  | 'remind'
  | 'copy'
  | 'check_in'
  | 'show_code'
  | 'check_in_by_hand'

export type ReplyCounts = Awaited<ReturnType<MeetingStore['countReplies']>>
export type Detailed = Viewed & {
  counts: ReplyCounts
  /** Null for who does not organise it, too. */
  messages: MessageCounts | null
  may: Offer[]
}
export type Details = ReturnType<typeof createDetails>

/** One meeting with what the caller can do with it now. */
export const createDetails = ({ viewer, store, countMessages, clock }: Deps) => ({
  async read(user: User, publicId: string): Promise<Detailed> {
    const viewed = await viewer.view(user, publicId)
    const { meeting, roles } = viewed
    const [counts, messages] = await Promise.all([
      store.countReplies(meeting.id),
      isOrganiser(roles) ? countMessages(meeting.id) : null,
    ])
    return { ...viewed, counts, messages, may: mayOf(viewed, clock.now()) }
  },
})

const mayOf = ({ meeting, roles, admin, place }: Viewed, now: number): Offer[] => {
  const { state, org, room, startsAt, endsAt, people } = meeting
  const facts = {
    now,
    startsAt,
    endsAt,
    needsApproval: needsApproval(org.approval, room),
    // Roughly, for buttons: who presses one hears it exactly.
    others: people - 1,
  }
  const may: Offer[] = possibleActions({ state, facts, actor: { roles, admin } })
  if (state === 'scheduled' && place !== null) may.push('reply')
  if (state === 'scheduled' && isOrganiser(roles)) may.push('remind')
  if (isOrganiser(roles) && state !== 'draft') may.push('copy')
  const isOpen = isCheckInOpen(meeting, now)
  if (isOpen && place !== null && place.checkedInAt === null) may.push('check_in')
  if (isOpen && isOrganiser(roles)) may.push('show_code')
  if (isCorrectable(meeting, now) && isOrganiser(roles)) may.push('check_in_by_hand')
  return may
}
