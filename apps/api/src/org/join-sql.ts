import type { Engine, Transaction } from '../infra/database/engine.ts'
import { UserStatus } from '../users/user.ts'
import type { Duties } from './duties.ts'
import { addEvent } from './event.ts'
import type { MemberState } from './membership.ts'
import { MemberStatus, memberStateOf, stateAfter } from './membership.ts'
import type { PhoneLink } from './phone-link.ts'
import { OWNER } from './role.ts'
import type { Membership } from './rows.ts'
import { outcomeOf, toMembership, Undo, WITH_ORG } from './rows.ts'
import { tellOfRequest } from './tell.ts'

export type FoundInvitation = NonNullable<Awaited<ReturnType<JoinStore['findInvitation']>>>
/** Somebody of the roster who has not come yet. */
export type Expected = NonNullable<Awaited<ReturnType<JoinStore['findExpected']>>>

export type Joining = {
  userId: number
  invitation: { id: number; orgId: number; departmentId: number | null }
  event: 'request' | 'enter'
  name: string
  /** In whose place the user comes. */
  expected: Expected | null
  newId: string
  requestId: string
  at: Date
}
/** `known`: the user is a member, or waits, already. `refused`: the account is frozen or closed. */
export type JoinOutcome = 'joined' | 'known' | 'over' | 'refused' | 'raced'

export type JoinStore = ReturnType<typeof createJoinStore>

export const createJoinStore = (engine: Engine, duties: Duties) => ({
  findInvitation: (tokenHash: string, appId: string) =>
    engine.run((client) =>
      client.orgInvitation.findFirst({
        where: { tokenHash, org: { appId, closedAt: null } },
        include: { org: { select: { publicId: true, name: true } } },
      }),
    ),

  /** What the user is, or was, in that company. */
  findMembership: async (orgId: number, userId: number): Promise<Membership | null> => {
    const row = await engine.run((client) =>
      client.orgMember.findUnique({
        where: { orgId_userId: { orgId, userId } },
        include: WITH_ORG,
      }),
    )
    return row && toMembership(row)
  },

  readPhone: async (userId: number): Promise<string | null> => {
    const row = await engine.run((client) =>
      client.wxUser.findUnique({ where: { id: userId }, select: { phone: true } }),
    )
    return row?.phone ?? null
  },

  findExpected: (orgId: number, hashes: readonly string[]) =>
    engine.run((client) =>
      client.orgMember.findFirst({
        where: { orgId, status: MemberStatus.expected, phoneHash: { in: [...hashes] } },
        select: {
          id: true,
          publicId: true,
          name: true,
          title: true,
          role: true,
          departmentId: true,
          phoneHash: true,
          phoneLast4: true,
        },
      }),
    ),

  /** One transaction: who comes in has taken a place, and who takes no place does not come in. */
  join: (joining: Joining): Promise<JoinOutcome> =>
    outcomeOf(engine.transact((tx) => join(tx, joining))),

  /** The user leaves, or withdraws a request and gives its place back. */
  leave: (
    membership: Membership,
    { requestId, at }: { requestId: string; at: Date },
  ): Promise<'left' | 'stale' | 'last owner' | 'duties'> =>
    outcomeOf(
      engine.transact(async (tx) => {
        if (membership.role === 'owner') await lockOwners(tx, membership.org.id)
        if (membership.state === 'pending') await giveBack(tx, membership.invitationId)
        const { count } = await tx.orgMember.updateMany({
          where: { id: membership.id, version: membership.version },
          data: { ...LEFT, leftAt: at, version: { increment: 1 } },
        })
        if (count === 0) throw new Undo('stale')
        if (membership.role === 'owner') await requireOwner(tx, membership.org.id)
        if (await duties.areOpen(tx, membership.id, at)) throw new Undo('duties')
        await duties.withdraw(tx, membership.id, at)
        await addEvent(tx, {
          orgId: membership.org.id,
          actorId: membership.id,
          kind: 'left',
          subject: membership.publicId,
          requestId,
          at,
        })
        return 'left' as const
      }),
    ),
})

/** Who is gone has no say any more; the name stays, as the company knew it. */
export const LEFT = { status: MemberStatus.left, role: 0 }

const join = async (tx: Transaction, joining: Joining): Promise<JoinOutcome> => {
  const { userId, invitation, at, requestId } = joining
  const { orgId } = invitation
  // Comes first, and changes nothing: it locks the user, as a closing of the account does.
  const { count: here } = await tx.wxUser.updateMany({
    where: { id: userId, status: UserStatus.active },
    data: { status: UserStatus.active },
  })
  if (here === 0) return 'refused'
  const before = await tx.orgMember.findUnique({ where: { orgId_userId: { orgId, userId } } })
  const state: MemberState | 'none' = before === null ? 'none' : memberStateOf(before.status)
  const next = stateAfter(joining.event, state)
  if (next === null) return 'known'
  // Somebody who waited has a place already.
  if (state !== 'pending' && !(await takePlace(tx, invitation.id, at))) throw new Undo('over')
  const member = await write(tx, joining, before, next)
  await addEvent(tx, {
    orgId,
    actorId: member.id,
    kind: next === 'active' ? 'entered' : 'requested',
    subject: member.publicId,
    detail: joining.expected === null ? '' : 'roster',
    requestId,
    at,
  })
  if (next === 'pending') await tellOfRequest(tx, { ...member, orgId }, at)
  return 'joined'
}

/** In one statement, so that the last place is taken once. */
const takePlace = async (tx: Transaction, id: number, at: Date): Promise<boolean> => {
  const { count } = await tx.orgInvitation.updateMany({
    where: {
      id,
      revokedAt: null,
      expiresAt: { gt: at },
      uses: { lt: tx.orgInvitation.fields.maxUses },
    },
    data: { uses: { increment: 1 } },
  })
  return count > 0
}

/** Of a request that was withdrawn or refused. */
export const giveBack = async (tx: Transaction, invitationId: number | null) => {
  if (invitationId === null) return
  await tx.orgInvitation.updateMany({
    where: { id: invitationId, uses: { gt: 0 } },
    data: { uses: { decrement: 1 } },
  })
}

type Known = { id: number; publicId: string; departmentId: number | null }

const write = async (
  tx: Transaction,
  { userId, invitation, name, expected, newId, at }: Joining,
  before: Known | null,
  state: 'active' | 'pending' | MemberState,
): Promise<{ id: number; publicId: string }> => {
  const fields = {
    status: MemberStatus[state],
    invitationId: invitation.id,
    decidedBy: null,
    decidedAt: null,
    decisionReason: null,
    leftAt: null,
    requestedAt: at,
    joinedAt: state === 'active' ? at : null,
  }
  const person =
    expected === null
      ? { name, departmentId: before?.departmentId ?? invitation.departmentId }
      : fromRoster(expected)
  if (expected === null) {
    if (before === null) {
      const data = { ...fields, ...person, publicId: newId, orgId: invitation.orgId, userId }
      return tx.orgMember.create({ data, select: { id: true, publicId: true } })
    }
  } else if (before === null) {
    const { count } = await tx.orgMember.updateMany({
      where: { id: expected.id, status: MemberStatus.expected },
      data: { ...fields, ...person, userId, version: { increment: 1 } },
    })
    if (count === 0) throw new Undo('raced')
    return expected
  } else {
    const { count } = await tx.orgMember.deleteMany({
      where: { id: expected.id, status: MemberStatus.expected },
    })
    if (count === 0) throw new Undo('raced')
  }
  return tx.orgMember.update({
    where: { id: before.id },
    data: { ...fields, ...person, version: { increment: 1 } },
    select: { id: true, publicId: true },
  })
}

type RosterFields = { name: string; title: string; role: number; departmentId: number | null }

/** The company's word counts more than the user's. */
const fromRoster = ({
  name,
  title,
  role,
  departmentId,
  phoneHash,
  phoneLast4,
}: Expected): RosterFields & { [Key in keyof PhoneLink]: string | null } => ({
  name,
  title,
  role,
  departmentId,
  phoneHash,
  phoneLast4,
})

/** Changes nothing: whoever may take an owner away does it one after the other. */
export const lockOwners = async (tx: Transaction, orgId: number) => {
  await tx.org.updateMany({ where: { id: orgId }, data: { version: { increment: 0 } } })
}

/** Undoes the transaction when it has taken away the last owner. */
export const requireOwner = async (tx: Transaction, orgId: number) => {
  if (!(await hasOwner(tx, orgId))) throw new Undo('last owner')
}

export const hasOwner = async (tx: Transaction, orgId: number): Promise<boolean> => {
  const owner = await tx.orgMember.findFirst({
    where: { orgId, role: OWNER, status: MemberStatus.active },
    select: { id: true },
  })
  return owner !== null
}
