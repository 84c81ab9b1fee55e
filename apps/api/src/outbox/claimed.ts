import type { Transaction } from '../infra/database/engine.ts'
import { nextTry } from './policy.ts'
import type { ClaimedWork, WorkResult } from './row.ts'
import { OutboxState } from './row.ts'

type Tx = Pick<Transaction, 'outbox'>
type Held = Pick<ClaimedWork, 'id' | 'claimedBy'>

const { waiting, sending, done, givenUp } = OutboxState
const CLAIM_MS = 30_000

export const claimedUntil = (now: Date): Date => new Date(now.getTime() + CLAIM_MS)

const FREE = { claimedBy: null, claimedUntil: null }

const heldBy = ({ id, claimedBy }: Held, ...states: number[]) => ({
  id,
  claimedBy,
  state: { in: states },
})

/** What its work writes goes into the same transaction. False when this process holds it no more. */
export const finishWork = async (
  tx: Tx,
  work: Held,
  { result, at }: { result: WorkResult; at: Date },
): Promise<boolean> => {
  const { count } = await tx.outbox.updateMany({
    where: heldBy(work, waiting, sending),
    // What is over needs no words any more.
    data: { ...FREE, state: done, result, payload: '', availableAt: at },
  })
  return count > 0
}

/** Nothing is tried any more, unless an operator says so: hence the payload stays. */
export const giveUpWork = async (
  tx: Tx,
  work: Held,
  { result, at }: { result: WorkResult; at: Date },
): Promise<void> => {
  await tx.outbox.updateMany({
    where: heldBy(work, waiting, sending),
    data: { ...FREE, state: givenUp, result, availableAt: at },
  })
}

/**
 * From now on it counts as sent, until somebody knows better. The claim begins anew, since nobody else
 * could go on with it. False when another process holds it.
 */
export const beginSending = async (tx: Tx, work: Held, at: Date): Promise<boolean> => {
  const { count } = await tx.outbox.updateMany({
    where: heldBy(work, waiting),
    data: { state: sending, claimedUntil: claimedUntil(at) },
  })
  return count > 0
}

/** Certainly not done: it waits for its next try. */
export const retryWork = async (
  tx: Tx,
  work: Held & Pick<ClaimedWork, 'attempts'>,
  at: Date,
  from: 'waiting' | 'sending' = 'waiting',
): Promise<void> => {
  await tx.outbox.updateMany({
    where: heldBy(work, OutboxState[from]),
    data: { ...FREE, state: waiting, availableAt: nextTry(work.attempts, at.getTime()) },
  })
}
