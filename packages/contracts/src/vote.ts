import type { Static } from 'typebox'
import { Type } from 'typebox'
import { ItemVersion } from './department.ts'
import { PublicId } from './org.ts'
import { Instant, OrNull } from './text.ts'

export const VoteState = Type.Union([
  Type.Literal('draft'),
  Type.Literal('open'),
  Type.Literal('closed'),
  Type.Literal('cancelled'),
])
export type VoteState = Static<typeof VoteState>

export const VoteKind = Type.Union([Type.Literal('motion'), Type.Literal('choice')], {
  description: 'motion: for, against or abstain, with an outcome; choice: 2–20 options, a ranking',
})
export type VoteKind = Static<typeof VoteKind>

export const VoteSecrecy = Type.Union([Type.Literal('named'), Type.Literal('secret')])
export type VoteSecrecy = Static<typeof VoteSecrecy>

/** Live tallies are for named votes only. */
export const VoteResults = Type.Union([Type.Literal('after_close'), Type.Literal('live')])
export type VoteResults = Static<typeof VoteResults>

/** What a motion needs to pass. */
export const VoteRule = Type.Union(
  [
    Type.Literal('simple_majority'),
    Type.Literal('absolute_majority'),
    Type.Literal('two_thirds'),
    Type.Literal('two_thirds_of_electors'),
  ],
  {
    description:
      'simple_majority: more for than against; two_thirds: of those for and against; absolute_majority: more than half of the electors',
  },
)
export type VoteRule = Static<typeof VoteRule>

export const VoteOutcome = Type.Union(
  [
    Type.Literal('passed'),
    Type.Literal('rejected'),
    Type.Literal('tied'),
    Type.Literal('no_quorum'),
  ],
  { description: 'tied: as many for as against, so not passed' },
)
export type VoteOutcome = Static<typeof VoteOutcome>

export const VoteElectorate = Type.Union(
  [
    Type.Literal('checked_in'),
    Type.Literal('participants'),
    Type.Literal('everyone'),
    Type.Literal('named'),
  ],
  {
    description:
      'in a meeting: those checked in (by default) or all participants; else everyone or named members. Frozen when the vote opens',
  },
)
export type VoteElectorate = Static<typeof VoteElectorate>

/** What a page lets the caller do. */
export const VoteAction = Type.Union([
  Type.Literal('update'),
  Type.Literal('open'),
  Type.Literal('close'),
  Type.Literal('cancel'),
  Type.Literal('cast'),
  Type.Literal('electors'),
  Type.Literal('ballots'),
])
export type VoteAction = Static<typeof VoteAction>

const Count = Type.Integer({ minimum: 0 })

/** A vote in a list, or inside its meeting. */
export const VoteItem = Type.Object({
  id: PublicId(),
  orgId: PublicId(),
  title: Type.String({ examples: ['是否通过年度预算'] }),
  kind: VoteKind,
  secrecy: VoteSecrecy,
  state: VoteState,
  meeting: OrNull(Type.Object({ id: PublicId(), title: Type.String() })),
  electors: Type.Integer({ minimum: 0, description: '0 until the vote opens' }),
  cast: OrNull(
    Type.Integer({ minimum: 0, description: 'how many have voted, for those who may know it' }),
  ),
  iAmElector: Type.Boolean({ description: 'false again once I am struck off' }),
  iVoted: Type.Boolean(),
  closesAt: OrNull(Instant()),
  outcome: OrNull(VoteOutcome),
  version: ItemVersion,
})
export type VoteItem = Static<typeof VoteItem>

const Option = Type.Object({
  id: PublicId(),
  text: Type.String({ examples: ['赞成'] }),
  meaning: OrNull(
    Type.Union([Type.Literal('for'), Type.Literal('against'), Type.Literal('abstain')]),
  ),
  tally: OrNull(Type.Integer({ minimum: 0, description: 'null while it may not be known' })),
})

const Details = Type.Object({
  detail: Type.String(),
  creator: Type.Object({ id: PublicId(), name: Type.String() }),
  changeable: Type.Boolean({ description: 'a ballot can be replaced while the vote is open' }),
  results: VoteResults,
  options: Type.Array(Option),
  min: Type.Integer({ minimum: 1 }),
  max: Type.Integer({ minimum: 1, description: 'of options that a ballot chooses' }),
  rule: OrNull(VoteRule),
  quorumPercent: Type.Integer({ minimum: 0, maximum: 100, description: '0: none' }),
  electorate: VoteElectorate,
  memberIds: Type.Array(PublicId(), { description: 'of a draft for named members, to edit it' }),
  struck: Type.Integer({
    minimum: 0,
    description: 'electors who left or were suspended before they voted; `electors` counts them',
  }),
  myChoice: OrNull(Type.Array(PublicId(), { description: 'of a named vote' })),
  openedAt: OrNull(Instant()),
  closedAt: OrNull(Instant()),
  reason: OrNull(Type.String({ description: 'of a cancellation' })),
  revealing: Type.Boolean({
    description: 'a secret result so small or so unanimous that it may tell who chose what',
  }),
})

/** A vote on its own page. Who administers the company and has no part in the vote gets no details. */
export const VoteResult = Type.Object({
  ...VoteItem.properties,
  may: Type.Array(VoteAction),
  details: OrNull(Details),
})
export type VoteResult = Static<typeof VoteResult>

export const VotesResult = Type.Object({
  items: Type.Array(VoteItem),
  next: Type.Optional(PublicId()),
})
export type VotesResult = Static<typeof VotesResult>

export const CreatedVoteResult = Type.Object({ id: PublicId(), version: ItemVersion })
export type CreatedVoteResult = Static<typeof CreatedVoteResult>

export const ChangedVoteResult = Type.Object({
  state: VoteState,
  version: ItemVersion,
  electors: Count,
  outcome: OrNull(VoteOutcome),
})
export type ChangedVoteResult = Static<typeof ChangedVoteResult>

export const CastResult = Type.Object({ counted: Type.Literal(true) })
export type CastResult = Static<typeof CastResult>

export const VoteElectorItem = Type.Object({
  memberId: PublicId(),
  name: Type.String(),
  voted: OrNull(Type.Boolean({ description: 'null while it may not be known' })),
  struck: Type.Boolean(),
})
export type VoteElectorItem = Static<typeof VoteElectorItem>

export const VoteElectorsResult = Type.Object({
  items: Type.Array(VoteElectorItem),
  next: Type.Optional(PublicId()),
})
export type VoteElectorsResult = Static<typeof VoteElectorsResult>

/** Named: who chose what. Secret: each ballot by its random id, which stands for nobody. */
export const BallotsResult = Type.Object({
  items: Type.Array(
    Type.Object({
      id: PublicId(),
      name: OrNull(Type.String()),
      optionIds: Type.Array(PublicId()),
    }),
  ),
  next: Type.Optional(PublicId()),
})
export type BallotsResult = Static<typeof BallotsResult>
