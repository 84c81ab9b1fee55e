import type {
  AdminMember,
  InvitationItem,
  JoinRequestItem,
  Member,
  PolicyResult,
} from '@oa/contracts'
import type { WhyOver } from './invitation.ts'
import type { Person } from './members-sql.ts'
import type { RequestToJoin } from './requests.ts'
import type { Named } from './rows.ts'
import { APPROVALS } from './settings.ts'

const toDepartment = (department: Named | null) =>
  department === null ? null : { id: department.publicId, name: department.name }

export const toMember = (person: Person): Member => ({
  id: person.publicId,
  name: person.name,
  title: person.title,
  department: toDepartment(person.department),
  avatarUrl: person.avatarUrl,
  role: person.role,
})

export const toAdminMember = (person: Person): AdminMember => ({
  ...toMember(person),
  state: person.state,
  reason: person.reason,
  phoneLast4: person.phoneLast4,
  joinedAt: person.joinedAt?.toISOString() ?? null,
  version: person.version,
})

export const toJoinRequestItem = (person: RequestToJoin): JoinRequestItem => ({
  id: person.publicId,
  name: person.name,
  nickName: person.nickName,
  avatarUrl: person.avatarUrl,
  phoneLast4: person.boundLast4,
  invitedBy: person.invitedBy,
  department: toDepartment(person.department),
  requestedAt: person.requestedAt?.toISOString() ?? null,
  version: person.version,
})

type ListedInvitation = {
  publicId: string
  department: { name: string } | null
  needsApproval: boolean
  maxUses: number
  uses: number
  createdAt: Date
  createdBy: string | null
  expiresAt: Date
  over: WhyOver | null
}

export const toInvitationItem = (invitation: ListedInvitation): InvitationItem => ({
  id: invitation.publicId,
  department: invitation.department?.name ?? null,
  needsApproval: invitation.needsApproval,
  maxUses: invitation.maxUses,
  uses: invitation.uses,
  createdAt: invitation.createdAt.toISOString(),
  createdBy: invitation.createdBy,
  expiresAt: invitation.expiresAt.toISOString(),
  over: invitation.over,
})

type Policy = Omit<PolicyResult, 'approval'> & { approval: number }

export const toPolicyResult = ({ approval, ...rest }: Policy): PolicyResult => ({
  ...rest,
  // A CHECK constraint keeps it within the list.
  approval: APPROVALS[approval] ?? 'none',
})
