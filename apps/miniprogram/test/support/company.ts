import type { AdminMember, JoinRequestItem, Membership } from '@oa/contracts'
import type { startApi } from './api'
import { ok } from './api'

export const ORG = '01938a5e-7c1d-7000-8000-000000000001'
export const ID = '01938a5e-7c1d-7000-8000-000000000002'
export const INVITATION = 'kJ3v0cVbX4yqk0Yx1H5Qf0'
export const READ_INVITATION = `/wx/org/invitation?invitation=${INVITATION}`

export const OWNER: Membership = {
  orgId: ORG,
  orgName: '青禾科技',
  memberId: ID,
  name: '陈静',
  title: '总经理',
  department: null,
  role: 'owner',
  state: 'active',
  reason: null,
  mayConvene: true,
}
const MEMBER: AdminMember = {
  id: ID,
  name: '李明',
  title: '工程师',
  department: { id: 'd1', name: '研发部' },
  avatarUrl: '',
  role: 'member',
  state: 'active',
  reason: null,
  phoneLast4: '0001',
  joinedAt: null,
  version: 3,
}
export const REQUEST: JoinRequestItem = {
  id: ID,
  name: '王芳',
  nickName: '芳芳',
  avatarUrl: '',
  phoneLast4: null,
  invitedBy: '陈静',
  department: null,
  requestedAt: '2026-11-30T08:00:00.000Z',
  version: 1,
}

/** What the company's owners and members typed, in the answers of `hasCompany`, and the initial. */
export const TYPED = [
  '青禾科技',
  '青',
  '陈静',
  '总经理',
  '李明',
  '工程师',
  '研发部',
  '王芳',
  '芳芳',
]

/** Makes the API answer to the owner of a company with one member and one department. */
export const hasCompany = ({ answers, profile }: Awaited<ReturnType<typeof startApi>>) => {
  profile.memberships = [OWNER]
  answers['/wx/org/mine'] = ok({ memberships: [OWNER] })
  answers[`/wx/org/members?orgId=${ORG}`] = ok({ items: [MEMBER] })
  answers[`/wx/org/departments?orgId=${ORG}`] = ok({
    departments: [{ id: 'd1', name: '研发部', sort: 0, people: 3, version: 1 }],
  })
  answers[`/wx/admin/members/${ID}`] = ok(MEMBER)
  answers[`/wx/admin/members?orgId=${ORG}`] = ok({ items: [MEMBER] })
  answers[`/wx/admin/invitations?orgId=${ORG}`] = ok({ invitations: [] })
  answers[`/wx/admin/join_requests?orgId=${ORG}`] = ok({ items: [] })
}
