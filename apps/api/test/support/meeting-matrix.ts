import { randomUUID } from 'node:crypto'
import { inHours, meetingTools } from './meetings.ts'
import type { TestApi } from './start-test-api.ts'

/** Who calls, seen from the meeting that the call is about. */
export const COLUMNS = [
  'signed out',
  'stranger',
  'owner of another company',
  'suspended',
  'not in it',
  'observer',
  'participant',
  'creator',
  'auditor',
  'admin',
  'owner',
] as const
export type Column = (typeof COLUMNS)[number]
type Answers = Record<Column, number>

/** In which state the meeting is when it is called. */
type Stage = 'draft' | 'pending' | 'scheduled' | 'running' | 'room'

/** What a call is about; `code` is empty while nobody can check in. */
type About = { id: string; version: number; orgId: string; code: string; memberId: string }

export type MatrixRow = {
  stage: Stage
  answers: Answers
  request: (about: About) => {
    method?: string
    path: string
    body?: object
  }
}

const [NO_SESSION, FORBIDDEN, NO_SUCH, SOON, BAD_CODE, NOT_INVITED] = [501, 506, 708, 729, 730, 731]

const OUTSIDE = {
  'signed out': NO_SESSION,
  stranger: NO_SUCH,
  'owner of another company': NO_SUCH,
  suspended: NO_SUCH,
}
/** Only those who called it see a draft. */
const ORGANISERS_OF_A_DRAFT: Answers = {
  ...OUTSIDE,
  'not in it': NO_SUCH,
  observer: NO_SUCH,
  participant: NO_SUCH,
  creator: 0,
  auditor: NO_SUCH,
  admin: NO_SUCH,
  owner: NO_SUCH,
}
/** Whoever sees it, but has no say, hears that. */
const ORGANISERS: Answers = {
  ...ORGANISERS_OF_A_DRAFT,
  observer: FORBIDDEN,
  participant: FORBIDDEN,
  auditor: FORBIDDEN,
  admin: FORBIDDEN,
  owner: FORBIDDEN,
}
const PENDING: Answers = { ...ORGANISERS, observer: NO_SUCH, participant: NO_SUCH }
const EVERYBODY_IN_IT: Answers = {
  ...ORGANISERS,
  observer: 0,
  participant: 0,
  auditor: 0,
}
const WHO_TAKES_PART: Answers = {
  ...EVERYBODY_IN_IT,
  auditor: NO_SUCH,
  admin: NO_SUCH,
  owner: NO_SUCH,
}
/** A code says nothing of its meeting to who is not of the company. */
const WHO_IS_THERE: Answers = {
  'signed out': NO_SESSION,
  stranger: BAD_CODE,
  'owner of another company': BAD_CODE,
  suspended: BAD_CODE,
  'not in it': NOT_INVITED,
  observer: 0,
  participant: 0,
  creator: 0,
  auditor: NOT_INVITED,
  admin: NOT_INVITED,
  owner: NOT_INVITED,
}
const COLLEAGUES: Answers = {
  'signed out': NO_SESSION,
  stranger: FORBIDDEN,
  'owner of another company': FORBIDDEN,
  suspended: FORBIDDEN,
  'not in it': 0,
  observer: 0,
  participant: 0,
  creator: 0,
  auditor: 0,
  admin: 0,
  owner: 0,
}
const SIGNED_IN: Answers = {
  ...COLLEAGUES,
  stranger: 0,
  'owner of another company': 0,
  suspended: 0,
}

const act = (stage: Stage, action: string, answers: Answers, more: object = {}): MatrixRow => ({
  stage,
  answers,
  request: ({ id, version }) => ({
    method: 'POST',
    path: `/wx/meeting/${id}/${action}`,
    body: { version, ...more },
  }),
})
const get = (stage: Stage, path: string, answers: Answers): MatrixRow => ({
  stage,
  answers,
  request: ({ id, orgId }) => ({ path: path.replace('{id}', id).replace('{orgId}', orgId) }),
})
const SPAN = () => `from=${inHours(1)}&to=${inHours(2)}`
/** An administrator who has no part in it sees that there is a meeting. */
const CARD = { admin: 0, owner: 0 }

/** The routes of meetings, rooms and the inbox × who calls; a route without a row fails. */
export const MATRIX: Record<string, MatrixRow> = {
  'GET /wx/home/index': get('scheduled', '/wx/home/index', { ...SIGNED_IN, 'signed out': 0 }),
  'GET /wx/meeting/list': get('scheduled', '/wx/meeting/list?orgId={orgId}', COLLEAGUES),
  'POST /wx/meeting': {
    stage: 'room',
    answers: COLLEAGUES,
    request: ({ orgId }) => ({
      method: 'POST',
      path: '/wx/meeting',
      body: {
        orgId,
        requestId: randomUUID(),
        title: '周例会',
        startsAt: inHours(1),
        endsAt: inHours(2),
      },
    }),
  },
  'GET /wx/meeting/{id} of a draft': get('draft', '/wx/meeting/{id}', ORGANISERS_OF_A_DRAFT),
  'GET /wx/meeting/{id} before approval': get('pending', '/wx/meeting/{id}', {
    ...PENDING,
    auditor: 0,
    ...CARD,
  }),
  'GET /wx/meeting/{id}': get('scheduled', '/wx/meeting/{id}', { ...EVERYBODY_IN_IT, ...CARD }),
  'GET /wx/meeting/{id}/people': get('scheduled', '/wx/meeting/{id}/people', EVERYBODY_IN_IT),
  'POST /wx/meeting/{id}/update': act('scheduled', 'update', ORGANISERS, { title: '月例会' }),
  'POST /wx/meeting/{id}/submit': act('draft', 'submit', ORGANISERS_OF_A_DRAFT),
  'POST /wx/meeting/{id}/audit': act(
    'pending',
    'audit',
    { ...PENDING, creator: FORBIDDEN, auditor: 0 },
    { approve: true },
  ),
  'POST /wx/meeting/{id}/withdraw': act('pending', 'withdraw', PENDING),
  'POST /wx/meeting/{id}/start': act('scheduled', 'start', { ...ORGANISERS, creator: SOON }),
  'POST /wx/meeting/{id}/extend': act('running', 'extend', ORGANISERS, { endsAt: inHours(3) }),
  'POST /wx/meeting/{id}/end': act('running', 'end', ORGANISERS),
  'POST /wx/meeting/{id}/cancel': act(
    'scheduled',
    'cancel',
    // An auditor is an administrator.
    { ...ORGANISERS, auditor: 0, ...CARD },
    { reason: '改期' },
  ),
  // Whoever does not see a draft hears what its owner hears who repeats the request.
  'POST /wx/meeting/{id}/delete': act('draft', 'delete', SIGNED_IN),
  'POST /wx/meeting/{id}/copy': {
    stage: 'scheduled',
    answers: ORGANISERS,
    request: ({ id }) => ({
      method: 'POST',
      path: `/wx/meeting/${id}/copy`,
      body: { requestId: randomUUID(), weeks: 1 },
    }),
  },
  'POST /wx/meeting/{id}/seen': {
    stage: 'scheduled',
    answers: WHO_TAKES_PART,
    request: ({ id }) => ({ method: 'POST', path: `/wx/meeting/${id}/seen` }),
  },
  'POST /wx/meeting/{id}/reply': {
    stage: 'scheduled',
    answers: WHO_TAKES_PART,
    request: ({ id }) => ({
      method: 'POST',
      path: `/wx/meeting/${id}/reply`,
      body: { sequence: 0, reply: 'yes' },
    }),
  },
  'POST /wx/meeting/{id}/remind': {
    stage: 'scheduled',
    answers: ORGANISERS,
    request: ({ id }) => ({ method: 'POST', path: `/wx/meeting/${id}/remind` }),
  },
  'GET /wx/meeting/{id}/check_in_code': get(
    'running',
    '/wx/meeting/{id}/check_in_code',
    ORGANISERS,
  ),
  'GET /wx/meeting/{id}/check_in_code too early': get(
    'scheduled',
    '/wx/meeting/{id}/check_in_code',
    {
      ...ORGANISERS,
      creator: SOON,
    },
  ),
  'POST /wx/meeting/check_in': {
    stage: 'running',
    answers: WHO_IS_THERE,
    request: ({ code }) => ({ method: 'POST', path: '/wx/meeting/check_in', body: { code } }),
  },
  'POST /wx/meeting/{id}/check_in_by_hand': {
    stage: 'running',
    answers: ORGANISERS,
    request: ({ id, memberId }) => ({
      method: 'POST',
      path: `/wx/meeting/${id}/check_in_by_hand`,
      body: { memberId, present: true, reason: '手机没电' },
    }),
  },
  'GET /wx/meeting/{id}/live': get('running', '/wx/meeting/{id}/live', {
    ...EVERYBODY_IN_IT,
    ...CARD,
  }),
  'POST /wx/meeting/{id}/screen': {
    stage: 'running',
    answers: ORGANISERS,
    request: ({ id }) => ({
      method: 'POST',
      path: `/wx/meeting/${id}/screen`,
      body: { requestId: randomUUID() },
    }),
  },
  'DELETE /wx/meeting/{id}/screen': {
    stage: 'running',
    answers: ORGANISERS,
    request: ({ id }) => ({ method: 'DELETE', path: `/wx/meeting/${id}/screen` }),
  },
  'GET /wx/room/list': get('room', '/wx/room/list?orgId={orgId}', COLLEAGUES),
  'GET /wx/room/free': get('room', `/wx/room/free?orgId={orgId}&${SPAN()}`, COLLEAGUES),
  'GET /wx/room/{id}/day': get('room', '/wx/room/{id}/day?date=2026-12-01', {
    ...COLLEAGUES,
    stranger: NO_SUCH,
    'owner of another company': NO_SUCH,
    suspended: NO_SUCH,
  }),
  'GET /wx/notice/list': get('scheduled', '/wx/notice/list', SIGNED_IN),
  'POST /wx/notice/read': {
    stage: 'scheduled',
    answers: SIGNED_IN,
    request: () => ({
      method: 'POST',
      path: '/wx/notice/read',
      body: { upTo: '2026-01-01T00:00:00.000Z' },
    }),
  },
}

export type World = Awaited<ReturnType<typeof createWorld>>

/** A company with somebody in every column, and meetings in every state. */
export const createWorld = async (api: TestApi) => {
  const tools = meetingTools(api)
  const names = ['未参加', '列席', '参加', '发起', '审批', '管理员', '停用'] as const
  const { orgId, owner, people } = await tools.newTeam(...names)
  const other = await tools.newTeam()
  await tools.appoint(owner, people.审批.memberId, 'admin')
  await tools.appoint(owner, people.管理员.memberId, 'admin')
  const tokens: Record<Column, string | undefined> = {
    'signed out': undefined,
    stranger: (await tools.newPerson()).token,
    'owner of another company': other.owner,
    suspended: people.停用.token,
    'not in it': people.未参加.token,
    observer: people.列席.token,
    participant: people.参加.token,
    creator: people.发起.token,
    auditor: people.审批.token,
    admin: people.管理员.token,
    owner,
  }
  const approving = (await tools.addRoom(owner, { needsApproval: true })).data.id
  const { version } = (await api.call<{ version: number }>('/wx/admin/policy', { token: owner }))
    .data
  const policy = { method: 'POST', token: owner, body: { version, approval: 'rooms' } }
  await api.call('/wx/admin/policy', policy)
  let made = 0
  let isSuspended = false

  const create = async (stage: Exclude<Stage, 'room'>) => {
    made += 1
    const soon = stage === 'running'
    const { id } = (
      await tools.create(people.发起.token, {
        orgId,
        startsAt: inHours(soon ? 0.2 : 24 + 2 * made),
        endsAt: inHours(soon ? 2 : 25 + 2 * made),
        auditorId: people.审批.memberId,
        participantIds: [people.参加.memberId, ...(isSuspended ? [] : [people.停用.memberId])],
        observerIds: [people.列席.memberId],
        ...(stage === 'pending' ? { roomId: approving } : {}),
      })
    ).data
    if (stage !== 'draft') await tools.act(people.发起.token, id, 'submit')
    if (stage === 'running') await tools.act(people.发起.token, id, 'start')
    const { version } = (await tools.read(people.发起.token, id)).data
    const shown = stage === 'running' ? await tools.showCode(people.发起.token, id) : undefined
    return { id, version, code: shown?.data.codes[0]?.text ?? '' }
  }

  return {
    tools,
    tokens,
    orgId,
    /** Once; from then on nobody can be invited who is suspended. */
    async suspend() {
      if (isSuspended) return
      isSuspended = true
      const { memberId } = people.停用
      const { items } = (await tools.allMembers(owner)).data
      const at = items.find(({ id }) => id === memberId)?.version ?? 0
      await tools.change(owner, memberId, { version: at, state: 'suspended' })
    },
    /** Something new in that state, which nobody else acts on. */
    async make(stage: Stage) {
      const one =
        stage === 'room' ? { ...(await tools.addRoom(owner)).data, code: '' } : await create(stage)
      return { ...one, orgId, memberId: people.参加.memberId }
    },
  }
}
