import { randomUUID } from 'node:crypto'
import type {
  ChangedMeetingResult,
  CheckInByHandResult,
  CheckInCodeResult,
  CheckInResult,
  CreatedMeetingResult,
  CreateMeetingRequest,
  HomeResult,
  InboxResult,
  LiveResult,
  MeetingPeopleResult,
  MeetingResult,
  MeetingsResult,
  MemberRole,
  RoomResult,
  RoomsResult,
  ScreenResult,
  ScreenState,
  UpdatedMeetingResult,
  UpdateMeetingRequest,
} from '@oa/contracts'
import type { Client } from './client.ts'
import { orgTools } from './org.ts'
import type { TestApi } from './start-test-api.ts'

const HOUR_MS = 3_600_000
const SLOT_MS = 300_000

/** So many hours from now, on five minutes. */
export const inHours = (hours: number, now = Date.now()) =>
  new Date(Math.ceil((now + hours * HOUR_MS) / SLOT_MS) * SLOT_MS).toISOString()

/** The routes of meetings and rooms, as the mini-program calls them. */
export const meetingCalls = ({ call }: Pick<Client, 'call'>) => {
  const get = <Data>(token: string, path: string) => call<Data>(path, { token })
  const post = <Data = unknown>(token: string, path: string, body?: object) =>
    call<Data>(path, { method: 'POST', token, body: body ?? {} })
  const read = (token: string, id: string) => get<MeetingResult>(token, `/wx/meeting/${id}`)

  return {
    create: (token: string, changes: Partial<CreateMeetingRequest> = {}) =>
      post<CreatedMeetingResult>(token, '/wx/meeting', {
        requestId: randomUUID(),
        title: '周例会',
        startsAt: inHours(24),
        endsAt: inHours(25),
        ...changes,
      }),
    read,
    update: (token: string, id: string, body: UpdateMeetingRequest) =>
      post<UpdatedMeetingResult>(token, `/wx/meeting/${id}/update`, body),
    /** With the version that is read first, unless `body` has one. */
    async act(token: string, id: string, action: string, body: object = {}) {
      const version = (await read(token, id)).data?.version ?? 1
      return post<ChangedMeetingResult>(token, `/wx/meeting/${id}/${action}`, { version, ...body })
    },
    people: (token: string, id: string, query = '') =>
      get<MeetingPeopleResult>(token, `/wx/meeting/${id}/people${query}`),
    reply: (token: string, id: string, body: object) =>
      post(token, `/wx/meeting/${id}/reply`, body),
    see: (token: string, id: string) => call(`/wx/meeting/${id}/seen`, { method: 'POST', token }),
    remind: (token: string, id: string) =>
      call<{ reminded: number }>(`/wx/meeting/${id}/remind`, { method: 'POST', token }),
    showCode: (token: string, id: string) =>
      get<CheckInCodeResult>(token, `/wx/meeting/${id}/check_in_code`),
    checkIn: (token: string, code: string) =>
      post<CheckInResult>(token, '/wx/meeting/check_in', { code }),
    checkInByHand: (token: string, id: string, memberId: string, present = true) =>
      post<CheckInByHandResult>(token, `/wx/meeting/${id}/check_in_by_hand`, {
        memberId,
        present,
        reason: '手机没电',
      }),
    live: (token: string, id: string) => get<LiveResult>(token, `/wx/meeting/${id}/live`),
    makeScreen: (token: string, id: string, requestId: string = randomUUID()) =>
      post<ScreenResult>(token, `/wx/meeting/${id}/screen`, { requestId }),
    closeScreens: (token: string, id: string) =>
      call(`/wx/meeting/${id}/screen`, { method: 'DELETE', token }),
    screenState: (url: string) => call<ScreenState>(`${new URL(url).pathname}/state`),
    copy: (token: string, id: string, weeks: number, requestId: string = randomUUID()) =>
      post<{ ids: string[] }>(token, `/wx/meeting/${id}/copy`, { requestId, weeks }),
    list: (token: string, tab = 'upcoming', query = '') =>
      get<MeetingsResult>(token, `/wx/meeting/list?tab=${tab}${query}`),
    home: (token?: string) =>
      call<HomeResult>('/wx/home/index', token === undefined ? {} : { token }),
    inbox: (token: string, query = '') => get<InboxResult>(token, `/wx/notice/list${query}`),
    readInbox: (token: string, body: object) =>
      post<{ unread: number }>(token, '/wx/notice/read', body),
    addRoom: (token: string, changes: object = {}) =>
      post<RoomResult>(token, '/wx/admin/rooms', { name: `会议室 ${randomUUID()}`, ...changes }),
    changeRoom: (token: string, id: string, body: object) =>
      post<{ version: number }>(token, `/wx/admin/rooms/${id}`, body),
    rooms: (token: string) => get<RoomsResult>(token, '/wx/room/list'),
    freeRooms: (token: string, from: string, to: string, query = '') =>
      get<RoomsResult>(token, `/wx/room/free?from=${from}&to=${to}${query}`),
  }
}

/** A company whose people call meetings. */
export const meetingTools = (api: TestApi) => {
  const orgs = orgTools(api)
  const calls = meetingCalls(api)

  return {
    ...orgs,
    ...calls,
    /** An owner, and members by name. */
    async newTeam<Name extends string>(...names: Name[]) {
      const { owner, orgId, name } = await orgs.newOrg()
      const people = {} as Record<Name, { token: string; memberId: string }>
      for (const one of names) people[one] = await orgs.newMember(owner.token, one)
      return { orgId, orgName: name, owner: owner.token, people }
    },
    async appoint(owner: string, memberId: string, role: MemberRole) {
      const { items } = (await orgs.allMembers(owner)).data
      const version = items.find(({ id }) => id === memberId)?.version ?? 0
      const changed = await orgs.change(owner, memberId, { version, role })
      if (changed.errno !== 0) throw new Error(`not appointed: ${changed.text}`)
    },
    /** A meeting that is announced at once; resolves to its id. */
    async announce(token: string, changes: Partial<CreateMeetingRequest>) {
      const made = await calls.create(token, changes)
      if (made.errno !== 0) throw new Error(`no meeting: ${made.text}`)
      const { id } = made.data
      const sent = await calls.act(token, id, 'submit')
      if (sent.errno !== 0) throw new Error(`not submitted: ${sent.text}`)
      return id
    },
  }
}
