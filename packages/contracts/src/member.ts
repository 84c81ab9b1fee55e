import type { Static } from 'typebox'
import { Type } from 'typebox'
import { ItemVersion } from './department.ts'
import { MemberRole, MemberState, OrgId, PublicId } from './org.ts'
import { DisplayText, Instant, OrNull } from './text.ts'

const Cursor = Type.Optional(PublicId())
const Search = Type.Optional(
  Type.String({ maxLength: 40, description: 'a part of a name or of a title' }),
)

export const MembersParams = Type.Object(
  {
    orgId: OrgId(),
    q: Search,
    departmentId: Type.Optional(PublicId()),
    /** Those of that role, or of one that may more. */
    role: Type.Optional(MemberRole),
    cursor: Cursor,
  },
  { additionalProperties: false },
)
export type MembersParams = Static<typeof MembersParams>

export const AdminMembersParams = Type.Object(
  { ...MembersParams.properties, state: Type.Optional(MemberState) },
  { additionalProperties: false },
)
export type AdminMembersParams = Static<typeof AdminMembersParams>

/** A list goes on after `next`, which is the `cursor` of the next request. */
const Next = Type.Optional(PublicId())

const Department = OrNull(Type.Object({ id: PublicId(), name: Type.String() }))

/** A colleague. */
export const Member = Type.Object({
  id: PublicId(),
  name: Type.String(),
  title: Type.String(),
  department: Department,
  avatarUrl: Type.String(),
  role: MemberRole,
})
export type Member = Static<typeof Member>

export const MembersResult = Type.Object({ items: Type.Array(Member), next: Next })
export type MembersResult = Static<typeof MembersResult>

/** A member as administrators see it. */
export const AdminMember = Type.Object({
  ...Member.properties,
  state: MemberState,
  reason: OrNull(Type.String()),
  phoneLast4: OrNull(Type.String({ description: 'of the roster' })),
  joinedAt: OrNull(Instant()),
  version: ItemVersion,
})
export type AdminMember = Static<typeof AdminMember>

export const AdminMembersResult = Type.Object({ items: Type.Array(AdminMember), next: Next })
export type AdminMembersResult = Static<typeof AdminMembersResult>

/** Fields that are absent stay as they are. */
export const UpdateMemberRequest = Type.Object(
  {
    version: ItemVersion,
    name: Type.Optional(DisplayText({ minLength: 1, maxLength: 40, examples: ['李明'] })),
    title: Type.Optional(DisplayText({ maxLength: 40, examples: ['工程师'] })),
    departmentId: Type.Optional(OrNull(PublicId())),
    role: Type.Optional(MemberRole),
    state: Type.Optional(
      Type.Union([Type.Literal('active'), Type.Literal('suspended'), Type.Literal('left')]),
    ),
    reason: Type.Optional(DisplayText({ maxLength: 200 })),
  },
  { additionalProperties: false, minProperties: 2 },
)
export type UpdateMemberRequest = Static<typeof UpdateMemberRequest>

export const VersionResult = Type.Object({ version: ItemVersion })
export type VersionResult = Static<typeof VersionResult>

export const JoinRequestsParams = Type.Object(
  { orgId: OrgId(), cursor: Cursor },
  { additionalProperties: false },
)
export type JoinRequestsParams = Static<typeof JoinRequestsParams>

/** Somebody who asked to join. */
export const JoinRequestItem = Type.Object({
  id: PublicId(),
  name: Type.String(),
  nickName: Type.String(),
  avatarUrl: Type.String(),
  phoneLast4: OrNull(Type.String({ description: 'of the number bound to the account' })),
  invitedBy: OrNull(Type.String({ description: 'the member who made the invitation' })),
  department: Department,
  requestedAt: OrNull(Instant()),
  version: ItemVersion,
})
export type JoinRequestItem = Static<typeof JoinRequestItem>

export const JoinRequestsResult = Type.Object({ items: Type.Array(JoinRequestItem), next: Next })
export type JoinRequestsResult = Static<typeof JoinRequestsResult>

export const DecideJoinRequest = Type.Object(
  {
    version: ItemVersion,
    accept: Type.Boolean(),
    reason: Type.Optional(DisplayText({ maxLength: 200 })),
    name: Type.Optional(DisplayText({ minLength: 1, maxLength: 40 })),
    departmentId: Type.Optional(OrNull(PublicId())),
  },
  { additionalProperties: false },
)
export type DecideJoinRequest = Static<typeof DecideJoinRequest>
