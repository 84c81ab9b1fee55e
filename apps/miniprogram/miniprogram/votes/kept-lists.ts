import type { VoteItem } from '@oa/contracts'
import { createKeptLists } from '../utils/kept-lists'

const isVote = (value: unknown): boolean => {
  const { id, title, state, kind, secrecy } = (value ?? {}) as Partial<VoteItem>

  return [id, title, state, kind, secrecy].every((text) => typeof text === 'string')
}

/** auth/session.ts removes them with the session. */
const lists = createKeptLists<VoteItem>('votes', isVote)

export const keptVotes = lists.kept
export const keepVotes = lists.keep
/** Who belongs to no company any more keeps nothing of it. */
export const forgetVotes = lists.forget
