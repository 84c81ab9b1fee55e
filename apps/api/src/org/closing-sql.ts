import type { Transaction } from '../infra/database/engine.ts'
import { addEvent } from './event.ts'
import { giveBack, hasOwner, LEFT, lockOwners } from './join-sql.ts'
import { MemberStatus } from './membership.ts'
import { OWNER } from './role.ts'

/** Stands in place of the name once the account is closed. */
export const ENDED_NAME = '已注销'

/** What the company keeps of a membership whose account is closed: that there was one, and when. */
export const ENDED_FIELDS = {
  ...LEFT,
  name: ENDED_NAME,
  title: '',
  departmentId: null,
  phoneHash: null,
  phoneLast4: null,
  decisionReason: null,
}

/** An open company would have no owner any more. */
export class LastOwnerMissing extends Error {
  override readonly name = 'LastOwnerMissing'
}

/**
 * Ends every membership of a user whose account is being closed, who is locked. Resolves to the ids of
 * open companies that have no owner any more.
 */
export const endMemberships = async (
  tx: Transaction,
  userId: number,
  at: Date,
): Promise<number[]> => {
  const rows = await tx.orgMember.findMany({
    where: { userId },
    select: { id: true, publicId: true, orgId: true, status: true, role: true, invitationId: true },
    orderBy: { orgId: 'asc' },
  })
  const owned = rows.filter(({ role, status }) => role === OWNER && status === MemberStatus.active)
  for (const { orgId } of owned) await lockOwners(tx, orgId)
  for (const { id, publicId, orgId, status, invitationId } of rows) {
    if (status === MemberStatus.pending) await giveBack(tx, invitationId)
    const data = { ...ENDED_FIELDS, leftAt: at, version: { increment: 1 } }
    await tx.orgMember.update({ where: { id }, data })
    // Which request it was, the login event of the closing tells.
    await addEvent(tx, { orgId, actorId: id, kind: 'ended', subject: publicId, requestId: '', at })
  }
  const ownerless: number[] = []
  for (const { orgId } of owned) {
    const open = await tx.org.findFirst({ where: { id: orgId, closedAt: null } })
    if (open !== null && !(await hasOwner(tx, orgId))) ownerless.push(orgId)
  }
  return ownerless
}
