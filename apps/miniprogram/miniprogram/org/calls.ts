import type { InvitationResult, Membership, MembersResult } from '@oa/contracts'
import { api } from '../config/api'
import { request } from '../net/request'

export const loadInvitation = async (invitation: string): Promise<InvitationResult> =>
  (await request(api.invitation, 'GET', { data: { invitation } })).data

/** Repeated after a lost answer, it gives the same answer again. */
export const join = async (invitation: string, name: string): Promise<Membership> =>
  (await request(api.join, 'POST', { data: { invitation, name } })).data

export const loadMemberships = async (): Promise<Membership[]> =>
  (await request(api.memberships, 'GET')).data.memberships

/** Leaves a company, or withdraws the request to join it. */
export const leaveOrg = async (orgId: string): Promise<void> => {
  await request(api.leave, 'POST', { data: { orgId, confirm: true } })
}

export const loadMembers = async (query: {
  orgId: string
  q?: string
  cursor?: string
}): Promise<MembersResult> => (await request(api.members, 'GET', { data: query })).data
