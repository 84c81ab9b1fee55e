import type { MeetingCard } from '@oa/contracts'
import { createKeptLists } from '../utils/kept-lists'

const isCard = (value: unknown): boolean => {
  const { id, title, startsAt, endsAt, host } = (value ?? {}) as Partial<MeetingCard>

  return [id, title, startsAt, endsAt, host?.name].every((text) => typeof text === 'string')
}

/** auth/session.ts removes them with the session. */
const lists = createKeptLists<MeetingCard>('meetings', isCard)

export const keptList = lists.kept
export const keepList = lists.keep
/** Who belongs to no company any more keeps nothing of it. */
export const forgetLists = lists.forget
