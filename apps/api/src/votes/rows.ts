import type { Prisma } from '../generated/mysql/client.ts'
import type { Outcome, Rule } from './outcome.ts'
import { OUTCOMES, RULES } from './outcome.ts'
import type { VoteStateName } from './state.ts'
import { voteStateOf } from './state.ts'

/** The columns that are kept as numbers, by their number. */
export const KINDS = ['motion', 'choice'] as const
export const ELECTORATES = ['checked_in', 'participants', 'everyone', 'named'] as const
export type Electorate = (typeof ELECTORATES)[number]
export const MEANINGS = [null, 'for', 'against', 'abstain'] as const
export type Meaning = (typeof MEANINGS)[number]

export const WITH_MEETING = {
  org: { select: { id: true, publicId: true, name: true } },
  creator: { select: { id: true, publicId: true, name: true } },
  options: { orderBy: { position: 'asc' } },
  meeting: {
    select: {
      id: true,
      publicId: true,
      title: true,
      state: true,
      startsAt: true,
      endsAt: true,
      openVotes: true,
      creatorId: true,
      hostId: true,
      recorderId: true,
      auditorId: true,
    },
  },
} as const satisfies Prisma.VoteInclude

type VoteRow = Prisma.VoteGetPayload<{ include: typeof WITH_MEETING }>

export type VoteOption = { id: number; publicId: string; text: string; meaning: Meaning }

/** A vote with its options, its company and its meeting. */
export type Vote = Omit<
  VoteRow,
  'state' | 'kind' | 'rule' | 'electorate' | 'outcome' | 'options'
> & {
  state: VoteStateName
  kind: (typeof KINDS)[number]
  /** Of a motion. */
  rule: Rule
  electorate: Electorate
  outcome: Outcome | null
  options: VoteOption[]
}

const nameOf = <Name>(names: readonly [Name, ...Name[]], number: number): Name =>
  names[number] ?? names[0]

export const toOption = ({
  id,
  publicId,
  text,
  meaning,
}: Pick<VoteRow['options'][number], 'id' | 'publicId' | 'text' | 'meaning'>): VoteOption => ({
  id,
  publicId,
  text,
  meaning: nameOf(MEANINGS, meaning),
})

export const outcomeNameOf = (number: number | null): Outcome | null =>
  number === null ? null : nameOf(OUTCOMES, number)

export const toVote = (row: VoteRow): Vote => ({
  ...row,
  state: voteStateOf(row.state),
  kind: nameOf(KINDS, row.kind),
  rule: nameOf(RULES, row.rule),
  electorate: nameOf(ELECTORATES, row.electorate),
  outcome: outcomeNameOf(row.outcome),
  options: row.options.map(toOption),
})
