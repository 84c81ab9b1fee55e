import type { Static } from 'typebox'
import { Type } from 'typebox'
import { ItemVersion } from './department.ts'
import { OrgId, PublicId } from './org.ts'
import { DISPLAY_LINES_FORMAT, Instant, OrNull } from './text.ts'

/** The same `requestId` gives the same invitation again. */
export const MakeInvitationRequest = Type.Object(
  {
    orgId: OrgId(),
    requestId: Type.String({ format: 'uuid', maxLength: 36, description: 'drawn by the client' }),
    departmentId: Type.Optional(PublicId()),
    needsApproval: Type.Boolean(),
    maxUses: Type.Integer({ minimum: 1, maximum: 1_000 }),
    days: Type.Integer({ minimum: 1, maximum: 30 }),
  },
  { additionalProperties: false },
)
export type MakeInvitationRequest = Static<typeof MakeInvitationRequest>

export const MadeInvitationResult = Type.Object({
  id: PublicId(),
  invitation: Type.String({ description: 'shown this once: only its hash is kept' }),
  path: Type.String({ examples: ['pages/join/join?i=kJ3v0cVbX4yqk0Yx1H5Qf0'] }),
  expiresAt: Instant(),
})
export type MadeInvitationResult = Static<typeof MadeInvitationResult>

export const InvitationItem = Type.Object({
  id: PublicId(),
  department: OrNull(Type.String()),
  needsApproval: Type.Boolean(),
  maxUses: Type.Integer(),
  uses: Type.Integer(),
  createdAt: Instant(),
  createdBy: OrNull(Type.String({ description: 'a member; null when an operator made it' })),
  expiresAt: Instant(),
  over: OrNull(
    Type.Union([Type.Literal('revoked'), Type.Literal('expired'), Type.Literal('used')]),
  ),
})
export type InvitationItem = Static<typeof InvitationItem>

export const InvitationsResult = Type.Object({ invitations: Type.Array(InvitationItem) })
export type InvitationsResult = Static<typeof InvitationsResult>

/** The server keeps the hash alone, so who wants the picture sends what was handed out. */
export const InvitationCodeRequest = Type.Object(
  { invitation: Type.String({ minLength: 1, maxLength: 64 }) },
  { additionalProperties: false },
)
export type InvitationCodeRequest = Static<typeof InvitationCodeRequest>

export const InvitationCodeResult = Type.Object({
  picture: Type.String({ description: 'data URI of a mini-program code' }),
})
export type InvitationCodeResult = Static<typeof InvitationCodeResult>

const Minutes = (maximum: number) => Type.Integer({ minimum: 0, maximum })

const POLICY = {
  approval: Type.Union([Type.Literal('none'), Type.Literal('rooms'), Type.Literal('all')]),
  memberMayConvene: Type.Boolean(),
  lateAfterMin: Minutes(120),
  checkInOpensMin: Minutes(240),
  remindMin: Minutes(1_440),
}

/** The rules of a company, with the version that an edit names. */
export const PolicyResult = Type.Object({ ...POLICY, version: ItemVersion })
export type PolicyResult = Static<typeof PolicyResult>

export const UpdatePolicyRequest = Type.Object(
  { ...Type.Partial(Type.Object(POLICY)).properties, orgId: OrgId(), version: ItemVersion },
  { additionalProperties: false, minProperties: 2 },
)
export type UpdatePolicyRequest = Static<typeof UpdatePolicyRequest>

/** To every member, or to those of some departments. The same `requestId` is sent once. */
export const SendNoticeRequest = Type.Object(
  {
    orgId: OrgId(),
    requestId: Type.String({ format: 'uuid', maxLength: 36, description: 'drawn by the client' }),
    text: Type.String({ format: DISPLAY_LINES_FORMAT, minLength: 1, maxLength: 500 }),
    departmentIds: Type.Optional(
      Type.Array(PublicId(), { minItems: 1, maxItems: 200, uniqueItems: true }),
    ),
  },
  { additionalProperties: false },
)
export type SendNoticeRequest = Static<typeof SendNoticeRequest>

export const SentNoticeResult = Type.Object({
  reach: Type.Integer({
    description: 'members whose inbox has it, within seconds if they are many',
  }),
})
export type SentNoticeResult = Static<typeof SentNoticeResult>

export const AuditParams = Type.Object(
  {
    orgId: OrgId(),
    subject: Type.Optional(PublicId()),
    before: Type.Optional(Type.String({ format: 'date-time', maxLength: 24 })),
  },
  { additionalProperties: false },
)
export type AuditParams = Static<typeof AuditParams>

export const AuditResult = Type.Object({
  items: Type.Array(
    Type.Object({
      at: Instant(),
      kind: Type.String({ examples: ['accepted'] }),
      actor: OrNull(Type.String({ description: 'name of a member; null for an operator' })),
      subject: Type.String(),
      about: Type.String({ description: 'how what it is about is called now, if it is there' }),
      detail: Type.String(),
    }),
  ),
})
export type AuditResult = Static<typeof AuditResult>
