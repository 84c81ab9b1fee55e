import type { Static } from 'typebox'
import { Type } from 'typebox'
import { DisplayText, Instant, OrNull } from './text.ts'

export const PublicId = () =>
  Type.String({
    format: 'uuid',
    maxLength: 36,
    examples: ['01938a5e-7c1d-7000-8000-000000000001'],
  })

/** Which company a request is about; may be left out by who belongs to one alone. */
export const OrgId = () => Type.Optional(PublicId())

/** One company, in the query of a list. */
export const OrgParams = Type.Object({ orgId: OrgId() }, { additionalProperties: false })
export type OrgParams = Static<typeof OrgParams>

/** What the path names. */
export const ItemParams = Type.Object({ id: PublicId() }, { additionalProperties: false })
export type ItemParams = Static<typeof ItemParams>

export const MemberRole = Type.Union([
  Type.Literal('member'),
  Type.Literal('organizer'),
  Type.Literal('admin'),
  Type.Literal('owner'),
])
export type MemberRole = Static<typeof MemberRole>

export const MemberState = Type.Union(
  [
    Type.Literal('expected'),
    Type.Literal('pending'),
    Type.Literal('active'),
    Type.Literal('suspended'),
    Type.Literal('left'),
    Type.Literal('refused'),
  ],
  { description: 'expected: on the roster, not come yet; pending: asked to join' },
)
export type MemberState = Static<typeof MemberState>

/** A company as somebody sees it who belongs to it, or asked to. */
export const Membership = Type.Object({
  orgId: PublicId(),
  orgName: Type.String({ examples: ['青禾科技'] }),
  memberId: PublicId(),
  name: Type.String({ examples: ['李明'] }),
  title: Type.String(),
  department: OrNull(Type.String()),
  role: MemberRole,
  state: MemberState,
  reason: OrNull(Type.String({ description: 'of a refusal or a suspension' })),
  mayConvene: Type.Boolean({
    description: 'call meetings, by role or by the rules of the company',
  }),
})
export type Membership = Static<typeof Membership>

export const MembershipsResult = Type.Object({ memberships: Type.Array(Membership) })
export type MembershipsResult = Static<typeof MembershipsResult>

/** What a card or a code carries: 128 random bits. Old or damaged ones are unknown, not malformed. */
const Invitation = () =>
  Type.String({ minLength: 1, maxLength: 64, examples: ['kJ3v0cVbX4yqk0Yx1H5Qf0'] })

export const InvitationParams = Type.Object(
  { invitation: Invitation() },
  { additionalProperties: false },
)
export type InvitationParams = Static<typeof InvitationParams>

/** Who holds an invitation learns the name of the company, and what is known of themselves. */
export const InvitationResult = Type.Object({
  orgName: Type.String({ examples: ['青禾科技'] }),
  needsApproval: Type.Boolean(),
  expiresAt: Instant(),
  mine: OrNull(Membership),
})
export type InvitationResult = Static<typeof InvitationResult>

export const JoinRequest = Type.Object(
  {
    invitation: Invitation(),
    name: DisplayText({ minLength: 1, maxLength: 40, examples: ['李明'] }),
  },
  { additionalProperties: false },
)
export type JoinRequest = Static<typeof JoinRequest>

export const LeaveRequest = Type.Object(
  { orgId: PublicId(), confirm: Type.Literal(true) },
  { additionalProperties: false },
)
export type LeaveRequest = Static<typeof LeaveRequest>
