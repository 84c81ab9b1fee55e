import type { Membership as MembershipResult } from '@oa/contracts'
import { mayConvene } from './role.ts'
import type { Membership } from './rows.ts'

/** A membership as its owner sees it. */
export const toMembershipResult = (membership: Membership): MembershipResult => ({
  orgId: membership.org.publicId,
  orgName: membership.org.name,
  memberId: membership.publicId,
  name: membership.name,
  title: membership.title,
  department: membership.department?.name ?? null,
  role: membership.role,
  state: membership.state,
  reason: membership.reason,
  mayConvene: membership.state === 'active' && mayConvene(membership),
})
