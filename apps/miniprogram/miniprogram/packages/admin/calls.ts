import type {
  AddRoomRequest,
  AdminMember,
  AdminMembersResult,
  AuditResult,
  DecideJoinRequest,
  Department,
  InvitationItem,
  JoinRequestsResult,
  MadeInvitationResult,
  MakeInvitationRequest,
  MeetingsResult,
  PolicyResult,
  Room,
  UpdateMemberRequest,
  UpdatePolicyRequest,
  UpdateRoomRequest,
} from '@oa/contracts'
import { api } from '../../config/api'
import { request } from '../../net/request'

export const loadRequests = async (query: {
  orgId: string
  cursor?: string
}): Promise<JoinRequestsResult> => (await request(api.joinRequests, 'GET', { data: query })).data

export const decide = async (id: string, data: DecideJoinRequest): Promise<void> => {
  await request(api.decideJoin, 'POST', { params: { id }, data })
}

export const loadAllMembers = async (query: {
  orgId: string
  q?: string
  cursor?: string
}): Promise<AdminMembersResult> => (await request(api.adminMembers, 'GET', { data: query })).data

export const loadMember = async (id: string): Promise<AdminMember> =>
  (await request(api.oneMember, 'GET', { params: { id } })).data

export const changeMember = async (id: string, data: UpdateMemberRequest): Promise<void> => {
  await request(api.oneMember, 'POST', { params: { id }, data })
}

export const loadInvitations = async (orgId: string): Promise<InvitationItem[]> =>
  (await request(api.invitations, 'GET', { data: { orgId } })).data.invitations

export const makeInvitation = async (data: MakeInvitationRequest): Promise<MadeInvitationResult> =>
  (await request(api.invitations, 'POST', { data })).data

export const revokeInvitation = async (id: string): Promise<void> => {
  await request(api.oneInvitation, 'DELETE', { params: { id } })
}

export const drawCode = async (id: string, invitation: string): Promise<string> =>
  (await request(api.invitationCode, 'POST', { params: { id }, data: { invitation } })).data.picture

export const loadDepartments = async (orgId: string): Promise<Department[]> =>
  (await request(api.departments, 'GET', { data: { orgId } })).data.departments

export const addDepartment = async (orgId: string, name: string): Promise<void> => {
  await request(api.addDepartment, 'POST', { data: { orgId, name } })
}

export const renameDepartment = async (
  id: string,
  version: number,
  name: string,
): Promise<void> => {
  await request(api.oneDepartment, 'POST', { params: { id }, data: { version, name } })
}

export const removeDepartment = async (id: string): Promise<void> => {
  await request(api.oneDepartment, 'DELETE', { params: { id } })
}

export const loadRooms = async (orgId: string): Promise<Room[]> =>
  (await request(api.rooms, 'GET', { data: { orgId } })).data.rooms

/** One that has this name already is that room. */
export const addRoom = async (data: AddRoomRequest): Promise<void> => {
  await request(api.addRoom, 'POST', { data })
}

export const changeRoom = async (id: string, data: UpdateRoomRequest): Promise<void> => {
  await request(api.oneRoom, 'POST', { params: { id }, data })
}

export const loadPolicy = async (orgId: string): Promise<PolicyResult> =>
  (await request(api.policy, 'GET', { data: { orgId } })).data

export const changePolicy = async (data: UpdatePolicyRequest): Promise<PolicyResult> =>
  (await request(api.policy, 'POST', { data })).data

export const loadOrgMeetings = async (query: {
  orgId: string
  from: string
  to: string
  cursor?: string
}): Promise<MeetingsResult> => (await request(api.orgMeetings, 'GET', { data: query })).data

export const loadAudit = async (query: {
  orgId: string
  before?: string
}): Promise<AuditResult['items']> =>
  (await request(api.orgAudit, 'GET', { data: query })).data.items
