import { notFound } from '../errors/business-error.ts'
import type { Engine, Transaction } from '../infra/database/engine.ts'
import type { Stamp } from './close-sql.ts'
import { cancelVote, closeVote, record, stamped, tell } from './close-sql.ts'
import { freezeElectors } from './electorate-sql.ts'
import { RULES } from './outcome.ts'
import type { Meaning, Vote } from './rows.ts'
import { ELECTORATES, KINDS, MEANINGS, toVote, WITH_MEETING } from './rows.ts'
import { isDue, VoteStateNumber } from './state.ts'

const AT_ONCE = 500

export type NewOption = { publicId: string; text: string; meaning: Meaning }

/** What a draft holds; what is absent stays. */
export type VoteFields = Pick<
  Vote,
  | 'title'
  | 'detail'
  | 'kind'
  | 'secret'
  | 'changeable'
  | 'live'
  | 'minChoices'
  | 'maxChoices'
  | 'rule'
  | 'quorumPercent'
  | 'electorate'
  | 'closesAt'
>

export type NewVote = VoteFields &
  Pick<Vote, 'publicId' | 'orgId' | 'meetingId' | 'creatorId' | 'requestId'> & {
    options: readonly NewOption[]
    /** The row numbers of named electors. */
    named: readonly number[]
  }

export type VotePlan =
  | {
      kind: 'update'
      fields: VoteFields
      /** Null: they stay. */
      options: readonly NewOption[] | null
      named: readonly number[] | null
    }
  /** `check` is given how many may vote, and throws what forbids to open so. */
  | { kind: 'open'; check(electors: number): void }
  | { kind: 'close' }
  | { kind: 'cancel'; reason: string | null }

export type VoteChangeStore = ReturnType<typeof createVoteChangeStore>

/**
 * Every change of a vote goes through here, or through its meeting: rows are locked first, that of the
 * meeting before that of the vote. `decide` plans on the locked vote and the members whom its draft names;
 * what it throws undoes all.
 */
export const createVoteChangeStore = (engine: Engine) => ({
  async change(
    publicId: string,
    stamp: Stamp,
    decide: (vote: Vote, named: readonly number[]) => VotePlan | null,
  ): Promise<Vote> {
    const { vote, erases } = await engine.transact(async (tx) => {
      const locked = await settle(tx, await lock(tx, publicId), stamp)
      const plan = decide(locked, await namedIn(tx, locked))
      if (plan !== null) await apply(tx, locked, plan, stamp)
      const after = await read(tx, publicId)
      return { vote: after, erases: after.secret && isOver(after) }
    })
    if (erases) await engine.eraseTraces()
    return vote
  },

  /** Closes the vote if its time is over. */
  async settle(publicId: string, at: Date): Promise<void> {
    const { secret } = await engine.transact(async (tx) => {
      const stamp = { actorId: null, requestId: 'clock', at }
      return settle(tx, await lock(tx, publicId), stamp)
    })
    if (secret) await engine.eraseTraces()
  },

  create: (vote: NewVote, stamp: Stamp): Promise<Vote> =>
    engine.transact(async (tx) => {
      const { options, named, ...columns } = vote
      const { id } = await tx.vote.create({
        data: {
          ...columns,
          ...numbered(vote),
          state: VoteStateNumber.draft,
          lastAction: 'create',
          lastActorId: stamp.actorId,
          createdAt: stamp.at,
          updatedAt: stamp.at,
        },
        select: { id: true },
      })
      await addOptions(tx, id, options)
      await addNamed(tx, id, named)
      await record(tx, vote, 'create', stamp)
      return read(tx, vote.publicId)
    }),
})

const namedIn = async (tx: Transaction, { id, state }: Vote): Promise<number[]> => {
  if (state !== 'draft') return []
  const rows = await tx.voteElector.findMany({
    where: { voteId: id },
    select: { memberId: true },
    orderBy: { memberId: 'asc' },
  })
  return rows.map(({ memberId }) => memberId)
}

const isOver = ({ state }: Vote) => state === 'closed' || state === 'cancelled'

/** A transaction that has read could not become one that writes on SQLite: it begins with a write. */
const lock = async (tx: Transaction, publicId: string): Promise<Vote> => {
  await tx.$executeRaw`
    UPDATE meeting SET version = version
    WHERE id = (SELECT meeting_id FROM vote WHERE public_id = ${publicId})`
  await tx.$executeRaw`UPDATE vote SET version = version WHERE public_id = ${publicId}`
  return read(tx, publicId)
}

const read = async (tx: Transaction, publicId: string): Promise<Vote> => {
  const row = await tx.vote.findUnique({ where: { publicId }, include: WITH_MEETING })
  if (row === null) throw notFound()
  return toVote(row)
}

const settle = async (tx: Transaction, vote: Vote, { requestId, at }: Stamp): Promise<Vote> => {
  if (!isDue(vote, at.getTime())) return vote
  await closeVote(tx, vote, { actorId: null, requestId, at })
  return read(tx, vote.publicId)
}

const apply = async (tx: Transaction, vote: Vote, plan: VotePlan, stamp: Stamp) => {
  switch (plan.kind) {
    case 'update':
      return update(tx, vote, plan, stamp)
    case 'open':
      return open(tx, vote, plan, stamp)
    case 'close':
      return closeVote(tx, vote, stamp)
    case 'cancel':
      return cancelVote(tx, vote, { ...stamp, reason: plan.reason })
  }
}

const update = async (
  tx: Transaction,
  vote: Vote,
  { fields, options, named }: Extract<VotePlan, { kind: 'update' }>,
  stamp: Stamp,
) => {
  const { id } = vote
  await tx.vote.update({
    where: { id },
    data: { ...fields, ...numbered(fields), ...stamped('update', stamp) },
  })
  if (options !== null) {
    await tx.voteOption.deleteMany({ where: { voteId: id } })
    await addOptions(tx, id, options)
  }
  if (named !== null) {
    await tx.voteElector.deleteMany({ where: { voteId: id } })
    await addNamed(tx, id, named)
  }
  await record(tx, vote, 'update', stamp)
}

const open = async (
  tx: Transaction,
  vote: Vote,
  { check }: Extract<VotePlan, { kind: 'open' }>,
  stamp: Stamp,
) => {
  const electorCount = await freezeElectors(tx, vote)
  check(electorCount)
  await tx.vote.update({
    where: { id: vote.id },
    data: {
      state: VoteStateNumber.open,
      openedAt: stamp.at,
      electorCount,
      ...stamped('open', stamp),
    },
  })
  if (vote.meetingId !== null) {
    await tx.$executeRaw`UPDATE meeting SET open_votes = open_votes + 1 WHERE id = ${vote.meetingId}`
  }
  await tell(tx, vote, 'vote_opened', stamp)
  await record(tx, vote, 'open', stamp)
}

const numbered = ({ kind, rule, electorate }: Pick<Vote, 'kind' | 'rule' | 'electorate'>) => ({
  kind: KINDS.indexOf(kind),
  rule: RULES.indexOf(rule),
  electorate: ELECTORATES.indexOf(electorate),
})

const addOptions = (tx: Transaction, voteId: number, options: readonly NewOption[]) =>
  tx.voteOption.createMany({
    data: options.map(({ publicId, text, meaning }, position) => ({
      publicId,
      voteId,
      position,
      text,
      meaning: MEANINGS.indexOf(meaning),
    })),
  })

const addNamed = async (tx: Transaction, voteId: number, members: readonly number[]) => {
  const rows = [...members]
    .sort((one, other) => one - other)
    .map((memberId) => ({ voteId, memberId }))
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    await tx.voteElector.createMany({ data: rows.slice(from, from + AT_ONCE) })
  }
}
