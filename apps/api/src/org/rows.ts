import type { Prisma } from '../generated/mysql/client.ts'
import type { MemberState } from './membership.ts'
import { MemberStatus, memberStateOf } from './membership.ts'
import type { Role } from './role.ts'
import { roleOf } from './role.ts'

export type NewId = () => string

export type Named = { publicId: string; name: string }

/** A member with the company, as the features see it. */
export type Membership = {
  id: number
  publicId: string
  userId: number | null
  state: MemberState
  role: Role
  name: string
  title: string
  department: Named | null
  /** Its row number. */
  departmentRow: number | null
  reason: string | null
  invitationId: number | null
  decidedBy: number | null
  version: number
  org: { id: number; publicId: string; name: string; memberMayConvene: boolean }
}

export const WITH_ORG = {
  org: { select: { id: true, publicId: true, name: true, memberMayConvene: true } },
  department: { select: { publicId: true, name: true } },
} as const satisfies Prisma.OrgMemberInclude

type Row = Prisma.OrgMemberGetPayload<{ include: typeof WITH_ORG }>

export const toMembership = (row: Row): Membership => ({
  id: row.id,
  publicId: row.publicId,
  userId: row.userId,
  state: memberStateOf(row.status),
  role: roleOf(row.role),
  name: row.name,
  title: row.title,
  department: row.department,
  departmentRow: row.departmentId,
  reason: row.decisionReason,
  invitationId: row.invitationId,
  decidedBy: row.decidedBy,
  version: row.version,
  org: row.org,
})

/** Belongs to a company that is open. */
export const activeIn = (userId: number) => ({
  closedAt: null,
  members: { some: { userId, status: MemberStatus.active } },
})

/** Throwing it undoes a transaction that turned out to have nothing to do. */
export class Undo<Outcome> extends Error {
  readonly outcome: Outcome

  constructor(outcome: Outcome) {
    super('undone')
    this.outcome = outcome
  }
}

/** The outcome of a transaction, also of one that was undone. */
export const outcomeOf = async <Outcome>(work: Promise<Outcome>): Promise<Outcome> => {
  try {
    return await work
  } catch (error) {
    if (error instanceof Undo) return error.outcome as Outcome
    throw error
  }
}
