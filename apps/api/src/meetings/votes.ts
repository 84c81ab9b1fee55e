import type { Transaction } from '../infra/database/engine.ts'

type Stamp = {
  /** Null for time itself. */
  actorId: number | null
  requestId: string
  at: Date
}

/** What becomes of the votes of a meeting when it changes; this feature does not know them. */
export type MeetingVotes = {
  /**
   * In the transaction that changes the meeting, whose row is locked. `close due`: those whose time is
   * over; `close`: all that are open, drafts are cancelled; `cancel`: all; `remove`: the meeting goes.
   * Resolves to how many were closed.
   */
  settle(
    tx: Transaction,
    meetingId: number,
    what: 'close due' | 'close' | 'cancel' | 'remove',
    stamp: Stamp,
  ): Promise<number>
}
