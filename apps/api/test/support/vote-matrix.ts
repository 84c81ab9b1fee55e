import { randomUUID } from 'node:crypto'
import type { CreateVoteRequest } from '@oa/contracts'
import type { Column, World } from './meeting-matrix.ts'
import type { TestApi } from './start-test-api.ts'
import { voteTools } from './votes.ts'

type Answers = Record<Column, number>

/** A vote of a running meeting by its state, a vote of the company, or the meeting alone. */
type Stage = 'draft' | 'open' | 'closed' | 'of the company' | 'meeting'

type About = { id: string; version: number; orgId: string; optionId: string; meetingId: string }

export type VoteRow = {
  stage: Stage
  answers: Answers
  request: (about: About) => { method?: string; path: string; body?: object }
}

const [NO_SESSION, FORBIDDEN, NO_SUCH, NOT_NOW, NOT_AN_ELECTOR] = [501, 506, 708, 729, 734]

/** Only who organises the meeting sees a draft. */
const OF_A_DRAFT: Answers = {
  'signed out': NO_SESSION,
  stranger: NO_SUCH,
  'owner of another company': NO_SUCH,
  suspended: NO_SUCH,
  'not in it': NO_SUCH,
  observer: NO_SUCH,
  participant: NO_SUCH,
  creator: 0,
  auditor: NO_SUCH,
  admin: NO_SUCH,
  owner: NO_SUCH,
}
/** Who sees the vote, but has no say, hears that. */
const ORGANISERS: Answers = {
  ...OF_A_DRAFT,
  observer: FORBIDDEN,
  participant: FORBIDDEN,
  auditor: FORBIDDEN,
  admin: FORBIDDEN,
  owner: FORBIDDEN,
}
const IN_THE_MEETING: Answers = { ...ORGANISERS, observer: 0, participant: 0, auditor: 0 }
/** Without its content for administrators who have no part in it. */
const WITH_CARDS: Answers = { ...IN_THE_MEETING, admin: 0, owner: 0 }
const COLLEAGUES: Answers = {
  ...WITH_CARDS,
  stranger: FORBIDDEN,
  'owner of another company': FORBIDDEN,
  suspended: FORBIDDEN,
  'not in it': 0,
}
/** A vote of the company, made by its owner, with the participant as its elector. */
const OF_THE_COMPANY: Answers = {
  ...OF_A_DRAFT,
  participant: 0,
  creator: NO_SUCH,
  auditor: 0,
  admin: 0,
  owner: 0,
}

const get = (stage: Stage, path: string, answers: Answers): VoteRow => ({
  stage,
  answers,
  request: ({ id, orgId }) => ({ path: path.replace('{id}', id).replace('{orgId}', orgId) }),
})
const act = (stage: Stage, action: string, answers: Answers, more: object = {}): VoteRow => ({
  stage,
  answers,
  request: ({ id, version }) => ({
    method: 'POST',
    path: `/wx/vote/${id}/${action}`,
    body: { version, ...more },
  }),
})
const cast = (stage: Stage, answers: Answers): VoteRow => ({
  stage,
  answers,
  request: ({ id, optionId }) => ({
    method: 'POST',
    path: `/wx/vote/${id}/cast`,
    body: { optionIds: [optionId] },
  }),
})
const MOTION = { title: '是否通过预算', kind: 'motion', secrecy: 'named' } as const
const draft = (answers: Answers, place: (about: About) => object): VoteRow => ({
  stage: 'meeting',
  answers,
  request: (about) => ({
    method: 'POST',
    path: '/wx/vote',
    body: { requestId: randomUUID(), ...MOTION, ...place(about) },
  }),
})

/** The routes of votes × who calls; a route without a row fails. */
export const VOTE_MATRIX: Record<string, VoteRow> = {
  'GET /wx/vote/list': get('meeting', '/wx/vote/list?orgId={orgId}', COLLEAGUES),
  'POST /wx/vote': draft(ORGANISERS, ({ meetingId }) => ({ meetingId })),
  'POST /wx/vote of the company': draft(
    {
      ...COLLEAGUES,
      'not in it': FORBIDDEN,
      observer: FORBIDDEN,
      participant: FORBIDDEN,
      creator: FORBIDDEN,
    },
    ({ orgId }) => ({ orgId }),
  ),
  'GET /wx/vote/{id} of a draft': get('draft', '/wx/vote/{id}', OF_A_DRAFT),
  'GET /wx/vote/{id}': get('open', '/wx/vote/{id}', WITH_CARDS),
  'GET /wx/vote/{id} of the company': get('of the company', '/wx/vote/{id}', OF_THE_COMPANY),
  'POST /wx/vote/{id}/update': act('draft', 'update', OF_A_DRAFT, { title: '预算' }),
  'POST /wx/vote/{id}/open': act('draft', 'open', OF_A_DRAFT),
  'POST /wx/vote/{id}/close': act('open', 'close', ORGANISERS),
  'POST /wx/vote/{id}/close of the company': act('of the company', 'close', {
    ...OF_THE_COMPANY,
    participant: FORBIDDEN,
  }),
  'POST /wx/vote/{id}/cancel': act('open', 'cancel', ORGANISERS, { reason: '选项有误' }),
  'POST /wx/vote/{id}/cast': cast('open', {
    ...IN_THE_MEETING,
    observer: NOT_AN_ELECTOR,
    auditor: NOT_AN_ELECTOR,
    admin: NOT_AN_ELECTOR,
    owner: NOT_AN_ELECTOR,
  }),
  'POST /wx/vote/{id}/cast of the company': cast('of the company', {
    ...OF_THE_COMPANY,
    auditor: NOT_AN_ELECTOR,
    admin: NOT_AN_ELECTOR,
    owner: NOT_AN_ELECTOR,
  }),
  'GET /wx/vote/{id}/electors': get('open', '/wx/vote/{id}/electors', IN_THE_MEETING),
  'GET /wx/vote/{id}/ballots while it is open': get('open', '/wx/vote/{id}/ballots', {
    ...IN_THE_MEETING,
    observer: NOT_NOW,
    participant: NOT_NOW,
    creator: NOT_NOW,
    auditor: NOT_NOW,
  }),
  'GET /wx/vote/{id}/ballots': get('closed', '/wx/vote/{id}/ballots', IN_THE_MEETING),
}

/** Votes in every state, in the world of the meetings' matrix. */
export const createVoteWorld = (api: TestApi, { tokens, orgId, make }: World) => {
  const tools = voteTools(api)
  const { creator = '', owner = '' } = tokens
  let meeting: ReturnType<World['make']> | undefined

  return {
    async make(stage: Stage): Promise<About> {
      meeting ??= make('running')
      const { id: meetingId, memberId } = await meeting
      const about = { orgId, meetingId }
      if (stage === 'meeting') return { ...about, id: '', version: 0, optionId: '' }
      const isOwn = stage === 'of the company'
      const token = isOwn ? owner : creator
      const place: Partial<CreateVoteRequest> = isOwn
        ? { orgId, electorate: 'named', memberIds: [memberId] }
        : { meetingId, electorate: 'participants' }
      const { id } = (await tools.draft(token, { ...MOTION, ...place })).data
      if (stage !== 'draft') await tools.act(token, id, 'open')
      if (stage === 'closed') await tools.act(token, id, 'close')
      const { version, details } = (await tools.read(token, id)).data
      return { ...about, id, version, optionId: details?.options[0]?.id ?? '' }
    },
  }
}
