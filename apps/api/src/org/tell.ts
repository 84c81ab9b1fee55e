import type { Transaction } from '../infra/database/engine.ts'
import { addNotices } from '../notices/add.ts'
import { MemberStatus } from './membership.ts'
import { LEAST_ROLE, ROLES } from './role.ts'

const REQUESTS_PAGE = 'packages/admin/requests/requests'
const ORG_PAGE = 'pages/org/org'

type Tx = Pick<Transaction, 'notice' | 'outbox' | 'orgMember' | 'org'>
type Member = { id: number; publicId: string; orgId: number }

/** Those who decide about requests hear of a new one. It names nobody: the list of requests does. */
export const tellOfRequest = async (tx: Tx, { id, publicId, orgId }: Member, at: Date) => {
  const admins = await tx.orgMember.findMany({
    where: {
      orgId,
      status: MemberStatus.active,
      role: { gte: ROLES.indexOf(LEAST_ROLE.decideRequests) },
    },
    select: { id: true },
  })
  const org = await orgOf(tx, orgId)
  await addNotices(tx, {
    orgId,
    kind: 'join_request',
    to: admins.map((admin) => admin.id),
    meetingId: null,
    onceKey: `${publicId}:${at.getTime()}:join_request`,
    title: org.name,
    startsAt: null,
    applicantId: id,
    page: `${REQUESTS_PAGE}?orgId=${org.publicId}`,
    at,
  })
}

/** Who asked to join hears what was decided. */
export const tellOfDecision = async (
  tx: Tx,
  { id, publicId, orgId }: Member,
  { accepted, reason, at }: { accepted: boolean; reason: string | null; at: Date },
) => {
  const kind = accepted ? 'join_accepted' : 'join_refused'
  const { name: title } = await orgOf(tx, orgId)
  await addNotices(tx, {
    orgId,
    kind,
    to: [id],
    meetingId: null,
    onceKey: `${publicId}:${at.getTime()}:${kind}`,
    title,
    startsAt: null,
    reason,
    page: ORG_PAGE,
    at,
  })
}

const orgOf = (tx: Tx, id: number) =>
  tx.org.findUniqueOrThrow({ where: { id }, select: { name: true, publicId: true } })
