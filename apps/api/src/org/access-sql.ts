import type { Engine } from '../infra/database/engine.ts'
import { MemberStatus } from './membership.ts'
import type { Membership } from './rows.ts'
import { activeIn, toMembership, WITH_ORG } from './rows.ts'

const KNOWN = [MemberStatus.pending, MemberStatus.active, MemberStatus.suspended]

export type AccessStore = ReturnType<typeof createAccessStore>

/** Who belongs where. Read anew for each request, so that a suspension is felt at the next one. */
export const createAccessStore = (engine: Engine) => ({
  /** The memberships of a user in open companies, those that are over not included. */
  findMine: async (userId: number, orgId?: string): Promise<Membership[]> => {
    const org = { closedAt: null, ...(orgId === undefined ? {} : { publicId: orgId }) }
    const rows = await engine.run((client) =>
      client.orgMember.findMany({
        where: { userId, status: { in: KNOWN }, org },
        include: WITH_ORG,
        orderBy: { id: 'asc' },
      }),
    )
    return rows.map(toMembership)
  },

  /** The memberships that their owner is shown: also requests that were refused. */
  listMine: async (userId: number): Promise<Membership[]> => {
    const rows = await engine.run((client) =>
      client.orgMember.findMany({
        where: {
          userId,
          status: { in: [...KNOWN, MemberStatus.refused] },
          org: { closedAt: null },
        },
        include: WITH_ORG,
        orderBy: { id: 'asc' },
      }),
    )
    return rows.map(toMembership)
  },

  /** Whether the user once belonged there, or asked to. */
  hasLeft: async (userId: number, orgId: string): Promise<boolean> => {
    const row = await engine.run((client) =>
      client.orgMember.findFirst({
        where: { userId, status: MemberStatus.left, org: { closedAt: null, publicId: orgId } },
        select: { id: true },
      }),
    )
    return row !== null
  },

  /** A member of a company to which the user belongs; null for every other one, existing or not. */
  findColleague: async (userId: number, publicId: string): Promise<Membership | null> => {
    const row = await engine.run((client) =>
      client.orgMember.findFirst({
        where: { publicId, org: activeIn(userId) },
        include: WITH_ORG,
      }),
    )
    return row && toMembership(row)
  },

  findInvitation: (userId: number, publicId: string) =>
    engine.run((client) =>
      client.orgInvitation.findFirst({
        where: { publicId, org: activeIn(userId) },
        include: { org: { select: { publicId: true } } },
      }),
    ),

  findDepartment: (userId: number, publicId: string) =>
    engine.run((client) =>
      client.department.findFirst({
        where: { publicId, org: activeIn(userId) },
        include: { org: { select: { publicId: true } } },
      }),
    ),
})
