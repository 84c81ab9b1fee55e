import type { Engine, Transaction } from '../infra/database/engine.ts'
import { addNotices } from '../notices/add.ts'
import { addEvent } from './event.ts'
import { MemberStatus } from './membership.ts'

export type OrgNotice = {
  orgId: number
  /** The member who sends it. */
  actorId: number
  /** Drawn by the client. */
  drawnId: string
  text: string
  /** Null for the whole company. */
  departmentIds: readonly number[] | null
  requestId: string
  at: Date
}

export type OrgNoticeStore = ReturnType<typeof createOrgNoticeStore>

export const createOrgNoticeStore = (engine: Engine) => ({
  /** How many a notice reached that was sent before; null when it was not. */
  findReach: (notice: Pick<OrgNotice, 'orgId' | 'actorId' | 'drawnId'>): Promise<number | null> =>
    engine.run((client) => findReach(client, notice)),

  /** Resolves to how many it reaches; a request that is repeated sends nothing more. */
  send: (notice: OrgNotice): Promise<number> =>
    engine.transact(async (tx) => {
      const { orgId, actorId, drawnId, text, departmentIds, requestId, at } = notice
      // Locks the company, so that of two equal requests the second finds what the first has sent.
      await tx.org.updateMany({ where: { id: orgId }, data: { version: { increment: 0 } } })
      const before = await findReach(tx, notice)
      if (before !== null) return before
      const members = await tx.orgMember.findMany({
        where: {
          orgId,
          status: MemberStatus.active,
          ...(departmentIds === null ? {} : { departmentId: { in: [...departmentIds] } }),
        },
        select: { id: true },
      })
      const reach = members.length
      const subject = subjectOf(notice)
      await addNotices(tx, {
        orgId,
        kind: 'org_notice',
        to: members.map(({ id }) => id),
        meetingId: null,
        onceKey: `${drawnId}:${actorId}:notice`,
        title: text,
        startsAt: null,
        at,
      })
      const detail = String(reach)
      await addEvent(tx, { orgId, actorId, kind: 'notice_sent', subject, detail, requestId, at })
      return reach
    }),
})

const subjectOf = ({ drawnId }: Pick<OrgNotice, 'drawnId'>) => drawnId

const findReach = async (
  tx: Pick<Transaction, 'auditEvent'>,
  notice: Pick<OrgNotice, 'orgId' | 'actorId' | 'drawnId'>,
): Promise<number | null> => {
  const { orgId, actorId } = notice
  const sent = await tx.auditEvent.findFirst({
    where: { orgId, actorId, kind: 'notice_sent', subject: subjectOf(notice) },
    select: { detail: true },
  })
  return sent === null ? null : Number(sent.detail)
}
