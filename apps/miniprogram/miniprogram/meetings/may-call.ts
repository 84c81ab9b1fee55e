import type { Membership } from '@oa/contracts'
import { onSessionChange, readSession } from '../auth/session'

/** Until the server has said otherwise: who may not, hears that from it. */
let mayCall = true
let mayCallVote = true

onSessionChange(() => {
  if (readSession()) return
  mayCall = true
  mayCallVote = true
})

/** Remembers whether the user may call meetings, or votes outside them, in any company. */
export const keepMayCall = (memberships: readonly Membership[]): void => {
  mayCall = memberships.some((one) => one.mayConvene)
  mayCallVote = memberships.some(mayCallVotesIn)
}

/** Whether pages offer to call a meeting. */
export const mayCallMeetings = (): boolean => mayCall

/** Whether pages offer to call a vote that belongs to no meeting. */
export const mayCallVotes = (): boolean => mayCallVote

/** A member calls votes in meetings alone. */
export const mayCallVotesIn = ({ role, state }: Membership): boolean =>
  state === 'active' && role !== 'member'
