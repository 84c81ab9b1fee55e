import type { Engine } from '../infra/database/engine.ts'
import { isUniqueViolation } from '../infra/database/failures.ts'
import { addEvent } from './event.ts'

const MOST = 100

export type NewInvitation = {
  publicId: string
  orgId: number
  tokenHash: string
  departmentId: number | null
  needsApproval: boolean
  maxUses: number
  expiresAt: Date
  createdBy: number | null
  createdAt: Date
}

export type InvitationStore = ReturnType<typeof createInvitationStore>

export const createInvitationStore = (engine: Engine) => ({
  /** The one that is there already when the same token was drawn again. */
  async add(invitation: NewInvitation, requestId: string) {
    const find = () =>
      engine.run((client) =>
        client.orgInvitation.findUniqueOrThrow({ where: { tokenHash: invitation.tokenHash } }),
      )
    try {
      return await engine.transact(
        async (tx) => {
          const made = await tx.orgInvitation.create({ data: invitation })
          await addEvent(tx, {
            orgId: invitation.orgId,
            actorId: invitation.createdBy,
            kind: 'invited',
            subject: invitation.publicId,
            requestId,
            at: invitation.createdAt,
          })
          return made
        },
        { attempts: 1 },
      )
    } catch (error) {
      if (isUniqueViolation(error)) return find()
      throw error
    }
  },

  /** The newest first. */
  list: (orgId: number) =>
    engine.run((client) =>
      client.orgInvitation.findMany({
        where: { orgId },
        include: { department: { select: { name: true } } },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: MOST,
      }),
    ),

  /** Nobody comes in by it any more; it may be over already. */
  revoke: (
    { id, publicId, orgId }: { id: number; publicId: string; orgId: number },
    { actorId, requestId, at }: { actorId: number; requestId: string; at: Date },
  ) =>
    engine.transact(async (tx) => {
      const { count } = await tx.orgInvitation.updateMany({
        where: { id, revokedAt: null },
        data: { revokedAt: at },
      })
      if (count === 0) return
      const kind = 'invitation_revoked'
      await addEvent(tx, { orgId, actorId, kind, subject: publicId, requestId, at })
    }),

  /** The names of members, by their row number. */
  namesOf: async (ids: readonly (number | null)[]): Promise<Map<number, string>> => {
    const known = [...new Set(ids.filter((id) => id !== null))]
    if (known.length === 0) return new Map()
    const rows = await engine.run((client) =>
      client.orgMember.findMany({ where: { id: { in: known } }, select: { id: true, name: true } }),
    )
    return new Map(rows.map(({ id, name }) => [id, name]))
  },
})
