import { randomUUID } from 'node:crypto'
import type { Membership } from '@oa/contracts'
import { meetingCalls } from './meetings.ts'
import { orgTools } from './org.ts'
import type { TestApi } from './start-test-api.ts'

/** Who calls, seen from the company that the call is about. */
export const COLUMNS = [
  'signed out',
  'stranger',
  'owner of another company',
  'waits',
  'suspended',
  'left',
  'member',
  'organizer',
  'admin',
  'owner',
] as const
export type Column = (typeof COLUMNS)[number]

/** What each of them is answered: an errno. */
type Answers = Record<Column, number>

type Request = { method: string; path: string; body?: object }
export type MatrixRow = {
  answers: Answers
  request: (world: World) => Promise<Request> | Request
}
export type Caller = { token?: string }

const [NO_SESSION, FORBIDDEN, NO_SUCH] = [501, 506, 708]

const EVERYBODY: Answers = {
  'signed out': 0,
  stranger: 0,
  'owner of another company': 0,
  waits: 0,
  suspended: 0,
  left: 0,
  member: 0,
  organizer: 0,
  admin: 0,
  owner: 0,
}
const SIGNED_IN: Answers = { ...EVERYBODY, 'signed out': NO_SESSION }
const outside = (errno: number) => ({
  stranger: errno,
  'owner of another company': errno,
  waits: errno,
  suspended: errno,
  left: errno,
})
const MEMBERS: Answers = { ...SIGNED_IN, ...outside(FORBIDDEN) }
const ADMINS: Answers = { ...MEMBERS, member: FORBIDDEN, organizer: FORBIDDEN }
/** A thing that does not exist for who does not belong to its company. */
const ADMINS_OF_ITS_COMPANY: Answers = { ...ADMINS, ...outside(NO_SUCH) }
const OWNERS_OF_ITS_COMPANY: Answers = { ...ADMINS_OF_ITS_COMPANY, admin: FORBIDDEN }

const get = (path: string) => ({
  answers: MEMBERS,
  request: ({ orgId }: World) => ({ method: 'GET', path: `${path}?orgId=${orgId}` }),
})
const adminGet = (path: string): MatrixRow => ({ ...get(path), answers: ADMINS })

/** Section by section who may what, in the company and from outside; a route without a row fails. */
export const MATRIX: Record<string, MatrixRow> = {
  'GET /wx/org/invitation': {
    answers: EVERYBODY,
    request: ({ open }) => ({
      method: 'GET',
      path: `/wx/org/invitation?invitation=${open.invitation}`,
    }),
  },
  'POST /wx/org/join': {
    answers: { ...SIGNED_IN, suspended: FORBIDDEN },
    request: ({ open }) => post('/wx/org/join', { invitation: open.invitation, name: '李明' }),
  },
  'GET /wx/org/mine': {
    answers: SIGNED_IN,
    request: () => ({ method: 'GET', path: '/wx/org/mine' }),
  },
  'POST /wx/org/leave': {
    answers: {
      ...SIGNED_IN,
      stranger: FORBIDDEN,
      'owner of another company': FORBIDDEN,
      suspended: FORBIDDEN,
    },
    request: ({ orgId }) => post('/wx/org/leave', { orgId, confirm: true }),
  },
  'GET /wx/org/members': get('/wx/org/members'),
  'GET /wx/org/departments': get('/wx/org/departments'),
  'GET /wx/admin/invitations': adminGet('/wx/admin/invitations'),
  'POST /wx/admin/invitations': {
    answers: ADMINS,
    request: ({ orgId }) =>
      post('/wx/admin/invitations', {
        orgId,
        requestId: randomUUID(),
        needsApproval: true,
        maxUses: 1,
        days: 1,
      }),
  },
  'DELETE /wx/admin/invitations/{id}': {
    answers: ADMINS_OF_ITS_COMPANY,
    request: async ({ tools, owner }) => {
      const { id } = (await tools.invite(owner)).data
      return { method: 'DELETE', path: `/wx/admin/invitations/${id}` }
    },
  },
  'POST /wx/admin/invitations/{id}/code': {
    answers: ADMINS_OF_ITS_COMPANY,
    request: ({ open }) =>
      post(`/wx/admin/invitations/${open.id}/code`, { invitation: open.invitation }),
  },
  'GET /wx/admin/join_requests': adminGet('/wx/admin/join_requests'),
  'POST /wx/admin/join_requests/{id}/decide': {
    answers: ADMINS_OF_ITS_COMPANY,
    request: async (world) => {
      const { memberId } = await world.newcomer()
      const path = `/wx/admin/join_requests/${memberId}/decide`
      return post(path, { version: 1, accept: true })
    },
  },
  'GET /wx/admin/members': adminGet('/wx/admin/members'),
  'GET /wx/admin/members/{id}': {
    answers: ADMINS_OF_ITS_COMPANY,
    request: async ({ tools, owner }) => {
      const { memberId } = await tools.newMember(owner)
      return { method: 'GET', path: `/wx/admin/members/${memberId}` }
    },
  },
  'POST /wx/admin/members/{id}': {
    answers: ADMINS_OF_ITS_COMPANY,
    request: async ({ tools, owner }) => {
      const { memberId } = await tools.newMember(owner)
      return post(`/wx/admin/members/${memberId}`, { version: 1, title: '工程师' })
    },
  },
  'POST /wx/admin/members/{id} with a role': {
    answers: OWNERS_OF_ITS_COMPANY,
    request: async ({ tools, owner }) => {
      const { memberId } = await tools.newMember(owner)
      return post(`/wx/admin/members/${memberId}`, { version: 1, role: 'organizer' })
    },
  },
  'POST /wx/admin/members/{id} of an administrator': {
    answers: OWNERS_OF_ITS_COMPANY,
    request: async (world) => {
      const { memberId, version } = await world.promoted('admin')
      return post(`/wx/admin/members/${memberId}`, { version, state: 'suspended' })
    },
  },
  'POST /wx/admin/departments': {
    answers: ADMINS,
    request: ({ orgId }) =>
      post('/wx/admin/departments', { orgId, name: `部门${randomUUID().slice(0, 8)}` }),
  },
  'POST /wx/admin/departments/{id}': {
    answers: ADMINS_OF_ITS_COMPANY,
    request: async (world) =>
      post(`/wx/admin/departments/${await world.department()}`, { version: 1, sort: 7 }),
  },
  'DELETE /wx/admin/departments/{id}': {
    answers: ADMINS_OF_ITS_COMPANY,
    request: async (world) => ({
      method: 'DELETE',
      path: `/wx/admin/departments/${await world.department()}`,
    }),
  },
  'POST /wx/admin/notices': {
    answers: ADMINS,
    request: ({ orgId }) =>
      post('/wx/admin/notices', { orgId, requestId: randomUUID(), text: '明天停电' }),
  },
  'POST /wx/admin/rooms': {
    answers: ADMINS,
    request: ({ orgId }) =>
      post('/wx/admin/rooms', { orgId, name: `会议室${randomUUID().slice(0, 8)}` }),
  },
  'POST /wx/admin/rooms/{id}': {
    answers: ADMINS_OF_ITS_COMPANY,
    request: async ({ meetings, owner }) => {
      const { id, version } = (await meetings.addRoom(owner)).data
      return post(`/wx/admin/rooms/${id}`, { version, capacity: 8 })
    },
  },
  'GET /wx/admin/policy': adminGet('/wx/admin/policy'),
  'POST /wx/admin/policy': {
    answers: ADMINS,
    // As it is by default, so that nothing changes and no version is in the way.
    request: ({ orgId }) => post('/wx/admin/policy', { orgId, version: 1, lateAfterMin: 5 }),
  },
  'GET /wx/admin/meetings': adminGet('/wx/admin/meetings'),
  'GET /wx/admin/audit': adminGet('/wx/admin/audit'),
}

const post = (path: string, body: object): Request => ({ method: 'POST', path, body })

export type World = Awaited<ReturnType<typeof createWorld>>

/** A company with an open invitation, and the means to call from every column. */
export const createWorld = async (api: TestApi) => {
  const tools = orgTools(api)
  const { orgId, name, owner: founder } = await tools.newOrg()
  const owner = founder.token
  const open = (await tools.invite(owner)).data
  const guarded = (await tools.invite(owner, { needsApproval: true })).data

  const newcomer = async (): Promise<Membership & { token: string }> => {
    const { token } = await tools.newPerson()
    return { token, ...(await tools.join(token, guarded.invitation)).data }
  }
  const promoted = async (role: Membership['role']) => {
    const member = await tools.newMember(owner)
    if (role === 'member') return { ...member, version: 1 }
    const { data } = await tools.change(owner, member.memberId, { version: 1, role })
    return { ...member, version: data.version }
  }

  return {
    tools,
    meetings: meetingCalls(api),
    orgId,
    name,
    owner,
    open,
    newcomer,
    promoted,
    department: async () =>
      (await tools.addDepartment(owner, `部门${randomUUID().slice(0, 8)}`)).data.id,
    /** Somebody new who stands in that column. */
    async callerIn(column: Column): Promise<Caller> {
      switch (column) {
        case 'signed out':
          return {}
        case 'stranger':
          return tools.newPerson()
        case 'owner of another company':
          return (await tools.newOrg()).owner
        case 'waits':
          return newcomer()
        case 'left': {
          const member = await tools.newMember(owner)
          await tools.leave(member.token, orgId)
          return member
        }
        case 'suspended': {
          const member = await tools.newMember(owner)
          await tools.change(owner, member.memberId, { version: 1, state: 'suspended' })
          return member
        }
        default:
          return promoted(column)
      }
    },
  }
}
