import type { Static } from 'typebox'
import { Type } from 'typebox'
import { ItemVersion } from './department.ts'
import { OrgId, PublicId } from './org.ts'
import { DISPLAY_LINES_FORMAT, DisplayText, Instant, OrNull } from './text.ts'
import { VoteElectorate, VoteKind, VoteResults, VoteRule, VoteSecrecy } from './vote.ts'

export const VotesParams = Type.Object(
  {
    orgId: OrgId(),
    tab: Type.Optional(
      Type.Union([Type.Literal('open'), Type.Literal('closed'), Type.Literal('mine')], {
        description: 'open and closed: where I am an elector; mine: that I made; open by default',
      }),
    ),
    cursor: Type.Optional(PublicId()),
  },
  { additionalProperties: false },
)
export type VotesParams = Static<typeof VotesParams>

/** The next page of what a vote holds. */
export const VotePageParams = Type.Object(
  { cursor: Type.Optional(PublicId()) },
  { additionalProperties: false },
)
export type VotePageParams = Static<typeof VotePageParams>

const Choices = () => Type.Integer({ minimum: 1, maximum: 20 })

const FIELDS = {
  title: DisplayText({ minLength: 1, maxLength: 120, examples: ['是否通过年度预算'] }),
  detail: Type.String({ maxLength: 4_000, format: DISPLAY_LINES_FORMAT }),
  kind: VoteKind,
  secrecy: VoteSecrecy,
  changeable: Type.Boolean({ description: 'named votes only; false by default' }),
  results: VoteResults,
  options: Type.Array(DisplayText({ minLength: 1, maxLength: 120, examples: ['三亚'] }), {
    minItems: 2,
    maxItems: 20,
    uniqueItems: true,
    description: 'of a choice; a motion has its own',
  }),
  abstain: Type.Boolean({ description: 'offers to abstain; of a choice, false by default' }),
  min: Choices(),
  max: Choices(),
  rule: VoteRule,
  quorumPercent: Type.Integer({ minimum: 0, maximum: 100, description: '0 by default: none' }),
  electorate: VoteElectorate,
  memberIds: Type.Array(PublicId(), { maxItems: 2_000, uniqueItems: true }),
  departmentIds: Type.Array(PublicId(), { maxItems: 200, uniqueItems: true }),
  closesAt: OrNull(Instant()),
}

const { title, kind, secrecy, ...OTHERS } = FIELDS

/** Of a company, or of a meeting. The same `requestId` gives the same vote again. */
export const CreateVoteRequest = Type.Object(
  {
    orgId: OrgId(),
    meetingId: Type.Optional(PublicId()),
    requestId: Type.String({ format: 'uuid', maxLength: 36, description: 'drawn by the client' }),
    title,
    kind,
    secrecy,
    ...Type.Partial(Type.Object(OTHERS)).properties,
  },
  { additionalProperties: false },
)
export type CreateVoteRequest = Static<typeof CreateVoteRequest>

/** Of a draft; fields that are absent stay as they are. */
export const UpdateVoteRequest = Type.Object(
  { version: ItemVersion, ...Type.Partial(Type.Object(FIELDS)).properties },
  { additionalProperties: false, minProperties: 2 },
)
export type UpdateVoteRequest = Static<typeof UpdateVoteRequest>

export const ChangeVoteRequest = Type.Object(
  { version: ItemVersion },
  { additionalProperties: false },
)
export type ChangeVoteRequest = Static<typeof ChangeVoteRequest>

export const CancelVoteRequest = Type.Object(
  {
    version: ItemVersion,
    reason: Type.Optional(
      DisplayText({
        maxLength: 200,
        examples: ['选项有误'],
        description: 'needed once the vote is open',
      }),
    ),
  },
  { additionalProperties: false },
)
export type CancelVoteRequest = Static<typeof CancelVoteRequest>

/** May be repeated after a lost answer: a ballot counts once. */
export const CastVoteRequest = Type.Object(
  { optionIds: Type.Array(PublicId(), { minItems: 1, maxItems: 20, uniqueItems: true }) },
  { additionalProperties: false },
)
export type CastVoteRequest = Static<typeof CastVoteRequest>
