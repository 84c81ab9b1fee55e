import type { Engine } from '../infra/database/engine.ts'
import { UserStatus } from '../users/user.ts'
import { addEvent, COMMAND_LINE } from './event.ts'
import type { NewInvitation } from './invitations-sql.ts'
import { MemberStatus } from './membership.ts'
import type { PhoneLink } from './phone-link.ts'
import { OWNER } from './role.ts'

export type NewOrg = { publicId: string; appId: string; name: string; createdAt: Date }

/** The first owner: a user, or a number by which the owner is known when they come. */
export type FirstOwner = { publicId: string; name: string } & (
  | { userId: number }
  | (PhoneLink & { invitation: Omit<NewInvitation, 'orgId'> })
)

export type Appointment = { userId: number; name: string; publicId: string; role: number }

export type OrgSummary = {
  publicId: string
  name: string
  people: number
  owners: string[]
  createdAt: Date
  closedAt: Date | null
}

export type FoundingStore = ReturnType<typeof createFoundingStore>

/** What operators do to companies. */
export const createFoundingStore = (engine: Engine) => ({
  findUser: (key: { appId: string } & ({ openid: string } | { phone: string })) =>
    engine.run((client) =>
      client.wxUser.findFirst({
        where: { ...key, status: UserStatus.active },
        select: { id: true, nickName: true },
      }),
    ),

  findByName: (appId: string, name: string) =>
    engine.run((client) =>
      client.org.findFirst({
        where: { appId, name, closedAt: null },
        select: { id: true, publicId: true },
      }),
    ),

  find: (appId: string, publicId: string) =>
    engine.run((client) => client.org.findFirst({ where: { appId, publicId, closedAt: null } })),

  create: (org: NewOrg, owner: FirstOwner): Promise<void> =>
    engine.transact(async (tx) => {
      const { id: orgId } = await tx.org.create({ data: org })
      const who =
        'userId' in owner
          ? { userId: owner.userId, status: MemberStatus.active, joinedAt: org.createdAt }
          : {
              status: MemberStatus.expected,
              phoneHash: owner.phoneHash,
              phoneLast4: owner.phoneLast4,
            }
      const { publicId, name } = owner
      await tx.orgMember.create({ data: { publicId, name, orgId, role: OWNER, ...who } })
      if ('invitation' in owner) {
        await tx.orgInvitation.create({ data: { ...owner.invitation, orgId } })
      }
      await addEvent(tx, {
        orgId,
        actorId: null,
        kind: 'founded',
        subject: org.publicId,
        requestId: COMMAND_LINE,
        at: org.createdAt,
      })
    }),

  /** Makes a user a member of that role, whatever they were in the company before. */
  appoint: (
    orgId: number,
    { userId, name, publicId, role }: Appointment,
    at: Date,
  ): Promise<void> =>
    engine.transact(async (tx) => {
      const standing = { role, status: MemberStatus.active, leftAt: null }
      const member = await tx.orgMember.upsert({
        where: { orgId_userId: { orgId, userId } },
        create: { ...standing, publicId, orgId, userId, name, joinedAt: at },
        update: { ...standing, decisionReason: null, version: { increment: 1 } },
      })
      await addEvent(tx, {
        orgId,
        actorId: null,
        kind: 'appointed',
        subject: member.publicId,
        requestId: COMMAND_LINE,
        at,
      })
    }),

  /** False when it is closed already. */
  close: ({ id, publicId }: { id: number; publicId: string }, at: Date): Promise<boolean> =>
    engine.transact(async (tx) => {
      const { count } = await tx.org.updateMany({
        where: { id, closedAt: null },
        data: { closedAt: at, version: { increment: 1 } },
      })
      if (count === 0) return false
      await addEvent(tx, {
        orgId: id,
        actorId: null,
        kind: 'closed',
        subject: publicId,
        requestId: COMMAND_LINE,
        at,
      })
      return true
    }),

  list: async (appId: string): Promise<OrgSummary[]> => {
    const orgs = await engine.run((client) =>
      client.org.findMany({
        where: { appId },
        include: {
          members: {
            where: { role: OWNER, status: MemberStatus.active },
            select: { name: true },
          },
          _count: { select: { members: { where: { status: MemberStatus.active } } } },
        },
        orderBy: { id: 'asc' },
      }),
    )
    return orgs.map(({ publicId, name, createdAt, closedAt, members, _count }) => ({
      publicId,
      name,
      people: _count.members,
      owners: members.map((owner) => owner.name),
      createdAt,
      closedAt,
    }))
  },
})
