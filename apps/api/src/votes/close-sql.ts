import { randomUUID } from 'node:crypto'
import type { Transaction } from '../infra/database/engine.ts'
import { addNotices } from '../notices/add.ts'
import type { NoticeKind } from '../notices/kinds.ts'
import { addEvent } from '../org/event.ts'
import { OUTCOMES, outcomeOf } from './outcome.ts'
import type { Vote } from './rows.ts'
import { VoteStateNumber } from './state.ts'

const AT_ONCE = 500

export type Stamp = {
  /** Null for time itself. */
  actorId: number | null
  requestId: string
  at: Date
}

/**
 * In a transaction that holds the row of the meeting, if there is one, and that of the vote. Taking the
 * latter waited for everybody who is casting, so what is counted here is what was acknowledged.
 */
export const closeVote = async (tx: Transaction, vote: Vote, stamp: Stamp): Promise<void> => {
  const { id, meetingId } = vote
  const tallies = await tallyOf(tx, vote)
  const ballots = await countBallots(tx, vote)
  const count = (meaning: 'for' | 'against' | 'abstain') =>
    vote.options
      .filter((option) => option.meaning === meaning)
      .reduce((sum, option) => sum + (tallies.get(option.id) ?? 0), 0)
  const tally = { for: count('for'), against: count('against'), abstain: count('abstain') }
  const outcome =
    vote.kind === 'choice'
      ? null
      : OUTCOMES.indexOf(outcomeOf({ ...vote, electors: vote.electorCount, tally }))
  await tx.vote.update({
    where: { id },
    data: {
      state: VoteStateNumber.closed,
      closedAt: stamp.actorId === null ? (vote.closesAt ?? stamp.at) : stamp.at,
      ballotCount: ballots,
      outcome,
      ...stamped('close', stamp),
    },
  })
  if (vote.secret) await redrawBallots(tx, id)
  await leaveMeeting(tx, meetingId)
  await tell(tx, vote, 'vote_closed', stamp)
  await record(tx, vote, 'close', stamp)
}

/** In the same kind of transaction. What was cast is deleted, and never shown. */
export const cancelVote = async (
  tx: Transaction,
  vote: Vote,
  { reason, ...stamp }: Stamp & { reason: string | null },
): Promise<void> => {
  const { id, meetingId, state } = vote
  await tx.voteBallot.deleteMany({ where: { voteId: id } })
  await tx.voteChoice.deleteMany({ where: { voteId: id } })
  await tx.vote.update({
    where: { id },
    data: { state: VoteStateNumber.cancelled, reason, ...stamped('cancel', stamp) },
  })
  if (state === 'open') {
    await leaveMeeting(tx, meetingId)
    await tell(tx, vote, 'vote_cancelled', { ...stamp, reason })
  }
  await record(tx, vote, 'cancel', stamp)
}

/** A vote that was never open, with its meeting. */
export const removeVote = async (tx: Transaction, voteId: number): Promise<void> => {
  await tx.voteElector.deleteMany({ where: { voteId } })
  await tx.voteOption.deleteMany({ where: { voteId } })
  await tx.vote.delete({ where: { id: voteId } })
}

export const stamped = (action: string, { actorId, at }: Stamp) => ({
  updatedAt: at,
  lastAction: action,
  lastActorId: actorId,
  version: { increment: 1 },
})

export const record = (
  tx: Transaction,
  { orgId, publicId }: Pick<Vote, 'orgId' | 'publicId'>,
  detail: string,
  { actorId, requestId, at }: Stamp,
) => addEvent(tx, { orgId, actorId, kind: 'vote', subject: publicId, detail, requestId, at })

/** Its electors, and everybody else who takes part in its meeting. */
export const tell = async (
  tx: Transaction,
  vote: Vote,
  kind: Extract<NoticeKind, `vote_${string}`>,
  { actorId, at, reason = null }: Stamp & { reason?: string | null },
) => {
  const { id, orgId, meetingId, publicId, title } = vote
  const electors = await tx.voteElector.findMany({
    where: { voteId: id, struck: false },
    select: { memberId: true },
  })
  const people =
    meetingId === null || kind === 'vote_opened'
      ? []
      : await tx.meetingParticipant.findMany({ where: { meetingId }, select: { memberId: true } })
  const told = new Set([...electors, ...people].map(({ memberId }) => memberId))
  // Who made a vote without a meeting hears that time has closed it.
  if (kind === 'vote_closed' && meetingId === null) told.add(vote.creatorId)
  if (actorId !== null) told.delete(actorId)
  await addNotices(tx, {
    orgId,
    kind,
    to: [...told],
    meetingId,
    voteId: id,
    onceKey: `${publicId}:${kind}`,
    title,
    startsAt: null,
    reason,
    page: `pages/vote/detail/detail?id=${publicId}`,
    at,
  })
}

const tallyOf = async (tx: Transaction, { id: voteId, secret }: Vote) => {
  const by = { by: ['optionId'] as ['optionId'], where: { voteId }, _count: { optionId: true } }
  const rows = secret
    ? await tx.voteBallot.groupBy({ ...by, _count: { optionId: true } })
    : await tx.voteChoice.groupBy({ ...by, _count: { optionId: true } })
  return new Map(rows.map(({ optionId, _count }) => [optionId, _count.optionId]))
}

/** From the ballots themselves, not from the marks of those who voted. */
const countBallots = async (tx: Transaction, { id, secret }: Vote): Promise<number> => {
  const [row] = secret
    ? await tx.$queryRaw<
        Counted[]
      >`SELECT COUNT(DISTINCT id) AS n FROM vote_ballot WHERE vote_id = ${id}`
    : await tx.$queryRaw<
        Counted[]
      >`SELECT COUNT(DISTINCT member_id) AS n FROM vote_choice WHERE vote_id = ${id}`
  return Number(row?.n ?? 0)
}

type Counted = { n: bigint | number }

const leaveMeeting = async (tx: Transaction, meetingId: number | null) => {
  if (meetingId === null) return
  await tx.$executeRaw`UPDATE meeting SET open_votes = open_votes - 1 WHERE id = ${meetingId}`
}

/**
 * Every ballot again, in another order and under another id: in the files of the database, rows lie in the
 * order in which they were written, and InnoDB keeps with each which transaction wrote it.
 */
const redrawBallots = async (tx: Transaction, voteId: number) => {
  const old = await tx.voteBallot.findMany({ where: { voteId } })
  await tx.voteBallot.deleteMany({ where: { voteId } })
  const ids = new Map<string, string>()
  const drawn = old.map(({ id, optionId }) => {
    const fresh = ids.get(id) ?? randomUUID()
    ids.set(id, fresh)
    return { id: fresh, voteId, optionId }
  })
  drawn.sort((one, other) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0))
  for (let from = 0; from < drawn.length; from += AT_ONCE) {
    await tx.voteBallot.createMany({ data: drawn.slice(from, from + AT_ONCE) })
  }
}
