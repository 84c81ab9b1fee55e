import type {
  InboxItem,
  MeetingCard,
  MeetingPerson,
  MeetingResult,
  Membership,
  Room,
} from '@oa/contracts'
import type { startApi } from './api'
import { ok } from './api'

const HOUR_MS = 3_600_000
export const ID = '01938a5e-7c1d-7000-8000-00000000000a'
export const ME = { id: '01938a5e-7c1d-7000-8000-0000000000e1', name: '小明' }
export const LEI = { id: '01938a5e-7c1d-7000-8000-0000000000e2', name: '李雷' }
export const ORG = '01938a5e-7c1d-7000-8000-0000000000c1'

/** Noon of tomorrow, so that its day has a word. */
export const tomorrow = (hours = 12): string => {
  const now = new Date()
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, hours).toISOString()
}

export const card = (changes: Partial<MeetingCard> = {}): MeetingCard => ({
  id: ID,
  orgId: ORG,
  title: '周例会',
  state: 'scheduled',
  stateCode: 4,
  voting: false,
  startsAt: tomorrow(14),
  endsAt: tomorrow(15),
  location: '',
  room: { id: '01938a5e-7c1d-7000-8000-0000000000d1', name: '三楼会议室' },
  host: LEI,
  people: 3,
  myRoles: ['participant'],
  myReply: 'none',
  myCheckedIn: false,
  version: 2,
  ...changes,
})

export const meeting = (changes: Partial<MeetingResult> = {}): MeetingResult => ({
  ...card(),
  counts: { yes: 0, no: 0, none: 3, seen: 1, present: 0 },
  may: ['reply'],
  details: {
    agenda: '1. 进度\n2. 风险',
    creator: LEI,
    recorder: null,
    auditor: null,
    reason: null,
    sequence: 1,
    myReason: null,
    mySeenAt: null,
    messages: null,
    myCheckedInAt: null,
    myStatus: 'unknown',
    myCheckInWay: null,
    checkInOpensAt: tomorrow(13),
    votes: [],
    mayAddVote: false,
  },
  ...changes,
})

export const MEMBERSHIP: Membership = {
  orgId: ORG,
  orgName: '青禾科技',
  memberId: ME.id,
  name: ME.name,
  title: '',
  department: null,
  role: 'organizer',
  state: 'active',
  reason: null,
  mayConvene: true,
}

export const attendant = (changes: Partial<MeetingPerson> = {}): MeetingPerson => ({
  memberId: LEI.id,
  name: LEI.name,
  title: '',
  avatarUrl: '',
  role: 'participant',
  reply: null,
  reason: null,
  seen: null,
  status: null,
  checkedInAt: null,
  checkInWay: null,
  checkInBy: null,
  checkInReason: null,
  ...changes,
})

const ROOM: Room = {
  id: '01938a5e-7c1d-7000-8000-0000000000d1',
  name: '三楼会议室',
  place: '',
  capacity: 8,
  equipment: '投影',
  needsApproval: true,
  opensMin: 0,
  closesMin: 1440,
  maxMin: 1440,
  disabled: false,
  version: 1,
}
const LINE: InboxItem = {
  kind: 'rejected',
  meetingId: ID,
  voteId: null,
  orgName: '青禾科技',
  title: '周例会',
  startsAt: tomorrow(),
  reason: '改天',
  at: '2026-11-30T08:00:00.000Z',
  read: false,
}

/** What people typed in the answers of `hasMeetings`. */
export const TYPED = ['周例会', '三楼会议室', '李雷', '进度', '风险', '投影', '改天']

/** Makes the API answer to every page of meetings with one, of which the user may do all. */
export const hasMeetings = (
  { answers, profile }: Awaited<ReturnType<typeof startApi>>,
  id: string,
) => {
  profile.meetingCounts = {
    hosting: 1,
    attending: 2,
    unanswered: 1,
    approving: 0,
    voting: 0,
    unread: 3,
  }
  answers['/wx/home/index'] = ok({ infoList: [card()], votes: [], unread: 3, guest: false })
  answers['/wx/meeting/list'] = ok({ items: [card()] })
  answers[`/wx/meeting/${id}`] = ok(meeting({ may: ['reply', 'update', 'remind', 'delete'] }))
  const items = [attendant({ reply: 'yes', seen: true }), attendant({ role: 'host', seen: false })]
  answers[`/wx/meeting/${id}/people`] = ok({ items })
  answers['/wx/notice/list'] = ok({ items: [LINE], unread: 1 })
  answers['/wx/room/free'] = ok({ rooms: [ROOM] })
}

export const later = (instant: string, hours: number): string =>
  new Date(Date.parse(instant) + hours * HOUR_MS).toISOString()

/** What a tap on something with these `data-` attributes gives to its handler. */
export const tapOn = (dataset: object) => ({ currentTarget: { dataset } })
export const picked = (value: unknown, dataset: object = {}) => ({
  currentTarget: { dataset },
  detail: { value },
})
