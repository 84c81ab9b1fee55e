import { randomUUID } from 'node:crypto'
import type {
  BallotsResult,
  CastResult,
  ChangedVoteResult,
  CreatedVoteResult,
  CreateVoteRequest,
  UpdateVoteRequest,
  VoteElectorsResult,
  VoteResult,
  VotesResult,
} from '@oa/contracts'
import type { Client } from './client.ts'
import { inHours, meetingTools } from './meetings.ts'
import type { TestApi } from './start-test-api.ts'

/** The routes of votes, as the mini-program calls them. */
export const voteCalls = ({ call }: Pick<Client, 'call'>) => {
  const get = <Data>(token: string, path: string) => call<Data>(path, { token })
  const post = <Data = unknown>(token: string, path: string, body: object = {}) =>
    call<Data>(path, { method: 'POST', token, body })
  const read = (token: string, id: string) => get<VoteResult>(token, `/wx/vote/${id}`)

  return {
    read,
    draft: (token: string, changes: Partial<CreateVoteRequest> = {}) =>
      post<CreatedVoteResult>(token, '/wx/vote', {
        requestId: randomUUID(),
        title: '是否通过年度预算',
        kind: 'motion',
        secrecy: 'named',
        ...changes,
      }),
    update: (token: string, id: string, body: UpdateVoteRequest) =>
      post<ChangedVoteResult>(token, `/wx/vote/${id}/update`, body),
    /** With the version that is read first, unless `body` has one. */
    async act(token: string, id: string, action: 'open' | 'close' | 'cancel', body: object = {}) {
      const version = (await read(token, id)).data?.version ?? 1
      return post<ChangedVoteResult>(token, `/wx/vote/${id}/${action}`, { version, ...body })
    },
    castFor: (token: string, id: string, optionIds: readonly string[]) =>
      post<CastResult>(token, `/wx/vote/${id}/cast`, { optionIds }),
    list: (token: string, tab = 'open', query = '') =>
      get<VotesResult>(token, `/wx/vote/list?tab=${tab}${query}`),
    electors: (token: string, id: string, query = '') =>
      get<VoteElectorsResult>(token, `/wx/vote/${id}/electors${query}`),
    ballots: (token: string, id: string, query = '') =>
      get<BallotsResult>(token, `/wx/vote/${id}/ballots${query}`),
  }
}

/** A company whose people vote. */
export const voteTools = (api: TestApi) => {
  const meetings = meetingTools(api)
  const calls = voteCalls(api)

  const open = async (token: string, changes: Partial<CreateVoteRequest>) => {
    const made = await calls.draft(token, changes)
    if (made.errno !== 0) throw new Error(`no vote: ${made.text}`)
    const opened = await calls.act(token, made.data.id, 'open')
    if (opened.errno !== 0) throw new Error(`not opened: ${opened.text}`)
    const options = (await calls.read(token, made.data.id)).data.details?.options ?? []
    return {
      id: made.data.id,
      /** The id of an option by its text. */
      option: (text: string) => {
        const found = options.find((one) => one.text === text)
        if (found === undefined) throw new Error(`no option ${text}`)
        return found.id
      },
    }
  }

  return {
    meetings,
    ...calls,
    open,
    /** A meeting that is running; resolves to its id. */
    async startMeeting(token: string, participantIds: string[], observerIds: string[] = []) {
      const span = { startsAt: inHours(0.2), endsAt: inHours(2) }
      const id = await meetings.announce(token, { ...span, participantIds, observerIds })
      const started = await meetings.act(token, id, 'start')
      if (started.errno !== 0) throw new Error(`not started: ${started.text}`)
      return id
    },
  }
}
