import { randomUUID } from 'node:crypto'
import type { Answer } from './api.ts'
import { runApiCommand } from './api-process.ts'
import type { World } from './world.ts'

let hired = 0

const HOUR_MS = 3_600_000
const SLOT_MS = 300_000

/** A meeting as its page gets it; what the tests look at. */
export interface MeetingThere {
  title: string
  state: string
  startsAt: string
  endsAt: string
  location: string
  room: { id: string; name: string } | null
  version: number
  people: number
  counts: { yes: number; no: number; none: number; seen: number; present: number }
  may: string[]
}

/** Somebody in the company, as the API knows them. */
export interface Colleague {
  token: string
  memberId: string
}

/** So many hours from now, on five minutes, as rooms are taken. */
export const inHours = (hours: number): string =>
  new Date(Math.ceil((Date.now() + hours * HOUR_MS) / SLOT_MS) * SLOT_MS).toISOString()

/** A company of its own for one test, founded by the command line; `owner` is a colleague's token. */
export const foundCompany = async ({ api, stack, person }: World, owner: string) => {
  const ask = async <Data>(token: string, method: string, path: string, body?: object) => {
    const answer = await api.call<Data>(method, path, body ? { token, body } : { token })
    return known(answer, path)
  }
  const post = <Data>(token: string, path: string, body: object = {}) =>
    ask<Data>(token, 'POST', path, body)
  const { openid } = (await api.ownData(owner)).data.account
  const name = `青禾科技 ${person}`
  await runApiCommand(stack, [
    'org',
    'create',
    '--name',
    name,
    '--owner-openid',
    openid,
    '--owner-name',
    '周敏',
  ])
  const { invitation } = await post<{ invitation: string }>(owner, '/wx/admin/invitations', {
    requestId: randomUUID(),
    needsApproval: false,
    maxUses: 50,
    days: 7,
  })
  const join = async (token: string, called: string): Promise<Colleague> => {
    const body = { invitation, name: called }
    const { memberId } = await post<{ memberId: string }>(token, '/wx/org/join', body)
    return { token, memberId }
  }
  const read = (token: string, id: string) => ask<MeetingThere>(token, 'GET', `/wx/meeting/${id}`)
  const act = async (token: string, id: string, action: string, body: object = {}) => {
    const { version } = await read(token, id)
    return post(token, `/wx/meeting/${id}/${action}`, { version, ...body })
  }

  const changeMember = async ({ memberId }: Colleague, change: object) => {
    const { items } = await ask<{ items: { id: string; version: number }[] }>(
      owner,
      'GET',
      '/wx/admin/members',
    )
    const version = items.find(({ id }) => id === memberId)?.version ?? 0
    await post(owner, `/wx/admin/members/${memberId}`, { version, ...change })
  }

  return {
    name,
    ask,
    join,
    read,
    act,
    post,
    /** A new user who joins under that name. */
    async hire(called: string) {
      hired += 1
      return join(await api.signInElsewhere(`colleague-${hired}-of-${person}`), called)
    },
    appoint: (colleague: Colleague, role: 'organizer' | 'admin') =>
      changeMember(colleague, { role }),
    suspend: (colleague: Colleague, reason: string) =>
      changeMember(colleague, { state: 'suspended', reason }),
    me: async (token: string) => {
      const mine = await ask<{ memberships: { memberId: string }[] }>(token, 'GET', '/wx/org/mine')
      return { memberId: mine.memberships[0]?.memberId ?? '' }
    },
    list: (token: string, tab: string) =>
      ask<{ items: { id: string }[] }>(token, 'GET', `/wx/meeting/list?tab=${tab}`),
    unread: async (token: string) =>
      (await ask<{ unread: number }>(token, 'GET', '/wx/notice/list')).unread,
    /** The text of the code that the organisers show now. */
    code: async (token: string, id: string) => {
      const shown = await ask<{ codes: { text: string }[] }>(
        token,
        'GET',
        `/wx/meeting/${id}/check_in_code`,
      )
      return shown.codes[0]?.text ?? ''
    },
    /** From now on somebody has to approve every meeting. */
    async requireApproval() {
      const { version } = await ask<{ version: number }>(owner, 'GET', '/wx/admin/policy')
      await post(owner, '/wx/admin/policy', { version, approval: 'all' })
    },
    addRoom: (called: string, changes: object = {}) =>
      post<{ id: string }>(owner, '/wx/admin/rooms', {
        name: called,
        capacity: 50,
        // Whatever the time of day is.
        opensMin: 0,
        closesMin: 1_440,
        ...changes,
      }),
    /** A meeting that is announced at once; resolves to its id. */
    async announce(token: string, changes: object): Promise<string> {
      const { id } = await post<{ id: string }>(token, '/wx/meeting', {
        requestId: randomUUID(),
        title: '周例会',
        startsAt: inHours(24),
        endsAt: inHours(25),
        ...changes,
      })
      await act(token, id, 'submit')
      return id
    },
  }
}

const known = <Data>(answer: Answer<Data>, path: string): Data => {
  if (answer.errno !== 0) throw new Error(`${path}: ${JSON.stringify(answer)}`)
  return answer.data
}
