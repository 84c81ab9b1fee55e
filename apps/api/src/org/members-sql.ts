import type { Prisma } from '../generated/mysql/client.ts'
import type { Engine } from '../infra/database/engine.ts'
import type { Duties } from './duties.ts'
import type { OrgEvent } from './event.ts'
import { addEvent } from './event.ts'
import { giveBack, lockOwners, requireOwner } from './join-sql.ts'
import type { MemberState } from './membership.ts'
import { MemberStatus } from './membership.ts'
import type { Role } from './role.ts'
import { ROLES } from './role.ts'
import type { Membership } from './rows.ts'
import { outcomeOf, toMembership, Undo, WITH_ORG } from './rows.ts'
import { tellOfDecision } from './tell.ts'

export const PAGE = 50

const WITH_USER = {
  ...WITH_ORG,
  user: { select: { nickName: true, avatarUrl: true, phone: true } },
} as const satisfies Prisma.OrgMemberInclude

type Row = Prisma.OrgMemberGetPayload<{ include: typeof WITH_USER }>

/** A member with what their account shows to others. */
export type Person = Membership & {
  nickName: string
  avatarUrl: string
  /** Of the number bound to the account. */
  boundLast4: string | null
  /** Of the number on the roster. */
  phoneLast4: string | null
  requestedAt: Date | null
  joinedAt: Date | null
}

const toPerson = (row: Row): Person => ({
  ...toMembership(row),
  nickName: row.user?.nickName ?? '',
  avatarUrl: row.user?.avatarUrl ?? '',
  boundLast4: row.user?.phone?.slice(-4) ?? null,
  phoneLast4: row.phoneLast4,
  requestedAt: row.requestedAt,
  joinedAt: row.joinedAt,
})

export type Listing = {
  orgId: number
  states: readonly MemberState[]
  q?: string | undefined
  departmentId?: number | undefined
  /** Those of that role, or of one that may more. */
  role?: Role | undefined
  /** The last one of the page before. */
  after?: { name: string; id: number } | undefined
}

/** The columns that administrators change. */
export type MemberChange = {
  name?: string
  title?: string
  departmentId?: number | null
  role?: number
  status?: number
  decisionReason?: string | null
  leftAt?: Date
  joinedAt?: Date
}

export type Changing = {
  member: Membership
  change: MemberChange
  actorId: number
  kind: OrgEvent['kind']
  detail: string
  requestId: string
  at: Date
}

export type MemberStore = ReturnType<typeof createMemberStore>

export const createMemberStore = (engine: Engine, duties: Duties) => ({
  /** By name, one more than a page, so that it can be told whether more follow. */
  list: async ({ orgId, states, q, departmentId, role, after }: Listing): Promise<Person[]> => {
    const rows = await engine.run((client) =>
      client.orgMember.findMany({
        where: {
          orgId,
          status: { in: states.map((state) => MemberStatus[state]) },
          ...(departmentId === undefined ? {} : { departmentId }),
          ...(role === undefined ? {} : { role: { gte: ROLES.indexOf(role) } }),
          AND: [matching(q), following(after)],
        },
        include: WITH_USER,
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
        take: PAGE + 1,
      }),
    )
    return rows.map(toPerson)
  },

  findPlace: (orgId: number, publicId: string) =>
    engine.run((client) =>
      client.orgMember.findFirst({
        where: { orgId, publicId },
        select: { name: true, id: true },
      }),
    ),

  findPerson: async (id: number): Promise<Person | null> => {
    const row = await engine.run((client) =>
      client.orgMember.findUnique({ where: { id }, include: WITH_USER }),
    )
    return row && toPerson(row)
  },

  find: async (id: number): Promise<Membership | null> => {
    const row = await engine.run((client) =>
      client.orgMember.findUnique({ where: { id }, include: WITH_ORG }),
    )
    return row && toMembership(row)
  },

  /** Who made the invitation by which each of these came. */
  invitersOf: async (invitationIds: readonly (number | null)[]): Promise<Map<number, string>> => {
    const known = [...new Set(invitationIds.filter((id) => id !== null))]
    if (known.length === 0) return new Map()
    return engine.run(async (client) => {
      const invitations = await client.orgInvitation.findMany({
        where: { id: { in: known } },
        select: { id: true, createdBy: true },
      })
      const makers = await client.orgMember.findMany({
        where: { id: { in: invitations.flatMap(({ createdBy }) => createdBy ?? []) } },
        select: { id: true, name: true },
      })
      const names = new Map(makers.map(({ id, name }) => [id, name]))
      return new Map(
        invitations.flatMap(({ id, createdBy }) => {
          const name = names.get(createdBy ?? 0)
          return name === undefined ? [] : [[id, name] as const]
        }),
      )
    })
  },

  /** Writes when the member still is as it was read, and an owner is left. */
  change: (changing: Changing): Promise<'changed' | 'stale' | 'last owner' | 'duties'> =>
    outcomeOf(
      engine.transact(async (tx) => {
        const { member, change, actorId, kind, detail, requestId, at } = changing
        const orgId = member.org.id
        const isOwner = member.role === 'owner' && member.state === 'active'
        if (isOwner) await lockOwners(tx, orgId)
        const isGivenUp = member.state === 'pending' && change.status !== MemberStatus.active
        if (isGivenUp && change.status !== undefined) await giveBack(tx, member.invitationId)
        const { count } = await tx.orgMember.updateMany({
          where: { id: member.id, version: member.version },
          data: { ...change, decidedBy: actorId, decidedAt: at, version: { increment: 1 } },
        })
        if (count === 0) throw new Undo('stale')
        if (isOwner) await requireOwner(tx, orgId)
        if (change.status === MemberStatus.suspended || change.status === MemberStatus.left) {
          if (await duties.areOpen(tx, member.id, at)) throw new Undo('duties')
          await duties.withdraw(tx, member.id, at)
        }
        if (kind === 'accepted' || kind === 'refused') {
          const reason = change.decisionReason ?? null
          const decision = { accepted: kind === 'accepted', reason, at }
          await tellOfDecision(tx, { id: member.id, publicId: member.publicId, orgId }, decision)
        }
        await addEvent(tx, {
          orgId,
          actorId,
          kind,
          subject: member.publicId,
          detail,
          requestId,
          at,
        })
        return 'changed' as const
      }),
    ),
})

/** LIKE's own characters match any single one here: a search is never wider than what was typed. */
const matching = (q: string | undefined): Prisma.OrgMemberWhereInput => {
  const text = q?.trim().replaceAll(/[%_\\]/g, '_') ?? ''
  return text === '' ? {} : { OR: [{ name: { contains: text } }, { title: { contains: text } }] }
}

const following = (after: Listing['after']): Prisma.OrgMemberWhereInput =>
  after === undefined
    ? {}
    : { OR: [{ name: { gt: after.name } }, { name: after.name, id: { gt: after.id } }] }
