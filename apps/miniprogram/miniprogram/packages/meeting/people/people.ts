import type { MeetingPeopleParams, MeetingPerson } from '@oa/contracts'
import { api } from '../../../config/api'
import { fillIn, messages } from '../../../i18n/index'
import { byHandText, checkedInText, statusName } from '../../../meetings/attendance'
import type { Failure } from '../../../net/failure'
import { toFailure } from '../../../net/failure'
import { request } from '../../../net/request'
import { appearance } from '../../../ui/appearance'
import { showFailure, showToast } from '../../../ui/dialog'
import { whilePulledDown } from '../../../ui/pull-down'
import { prepareMark } from './mark'

const { checkIn, meeting, meetingEdit } = messages

type Filter = NonNullable<MeetingPeopleParams['filter']>
type Row = {
  id: string
  name: string
  details: string
  reply: string
  reason: string
  /** Where they are, and when they checked in. */
  presence: string
  byHand: string
  isThere: boolean
  /** Of the button beside it, for a screen reader. */
  markLabel: string
  avatarUrl: string
}

/** Who is there can be asked for once people can check in. */
const filters = (isOpen: boolean): { filter: Filter; name: string }[] => [
  { filter: 'all', name: meetingEdit.all },
  { filter: 'yes', name: meetingEdit.yes },
  { filter: 'no', name: meetingEdit.no },
  { filter: 'none', name: meetingEdit.none },
  { filter: 'unseen', name: meetingEdit.unseen },
  ...(isOpen
    ? ([
        { filter: 'present', name: checkIn.present },
        { filter: 'late', name: checkIn.late },
        { filter: 'missing', name: checkIn.missing },
      ] as const)
    : []),
]

const roleName = (role: MeetingPerson['role']): string =>
  ({
    host: meetingEdit.asHost,
    recorder: meetingEdit.asRecorder,
    participant: meetingEdit.asParticipant,
    observer: meetingEdit.asObserver,
  })[role]

const toRow = (person: MeetingPerson): Row => {
  const { memberId, name, title, role, reply, reason, seen, avatarUrl } = person
  const { status, checkedInAt } = person
  const presence = checkedInAt
    ? checkedInText(checkedInAt, status, person.checkInWay)
    : status === null || status === 'unknown' || status === 'on_leave'
      ? ''
      : statusName(status)
  const read = seen === null ? '' : seen ? meetingEdit.seen : meetingEdit.unseen

  return {
    id: memberId,
    name,
    details: [roleName(role), title, read].filter(Boolean).join(' · '),
    reply: reply === null ? '' : meetingEdit[reply],
    reason: reason ? `${meeting.reason} ${reason}` : '',
    presence,
    byHand: byHandText(person),
    isThere: checkedInAt !== null,
    markLabel: `${checkedInAt === null ? checkIn.mark : checkIn.unmark} ${name}`,
    avatarUrl,
  }
}

/** Who takes part; who organises the meeting also sees and filters replies, and can remind. */
Page({
  data: {
    t: meetingEdit,
    m: meeting,
    c: checkIn,
    rootStyle: '',
    filters: [] as ReturnType<typeof filters>,
    filter: 'all' as Filter,
    rows: [] as Row[],
    next: '',
    mayRemind: false,
    mayMark: false,
    isLoaded: false,
    busy: false,
    failure: null as Failure | null,
    failureTitle: '',
  },

  closed: false,
  id: '',
  turn: 0,
  /** What failed, to be repeated as it was. */
  unsent: undefined as (() => Promise<string>) | undefined,

  onLoad({ id = '' }: Record<string, string | undefined>) {
    this.id = decodeURIComponent(id)
  },

  onShow() {
    const { title: failureTitle } = messages.failure
    this.patch({
      ...appearance(meetingEdit, meetingEdit.peopleTitle),
      m: meeting,
      c: checkIn,
      failureTitle,
    })
    return this.load()
  },

  onUnload() {
    this.closed = true
  },

  onPullDownRefresh() {
    return whilePulledDown(() => this.load())
  },

  onReachBottom() {
    return this.onMore()
  },

  onRetry() {
    return this.unsent ? this.mark(this.unsent) : this.load()
  },

  onFilter({ currentTarget }: WechatMiniprogram.TouchEvent) {
    // people.wxml sets it.
    const { filter } = currentTarget.dataset as { filter: Filter }
    if (filter === this.data.filter) return undefined
    this.patch({ filter, rows: [], next: '', isLoaded: false })

    return this.loadPage(undefined, [])
  },

  async onRemind() {
    if (this.data.busy) return
    this.patch({ busy: true })
    try {
      const { data } = await request(api.remindOfMeeting, 'POST', { params: { id: this.id } })
      const { reminded: count } = data
      showToast(count > 0 ? fillIn(meeting.remindDone, { count }) : meeting.remindNobody)
    } catch (cause) {
      showFailure(toFailure(cause))
    } finally {
      this.patch({ busy: false })
    }
  },

  /** Records that somebody is there, or takes it back; asks why. */
  async onMark({ currentTarget }: WechatMiniprogram.TouchEvent) {
    // people.wxml sets it.
    const { id } = currentTarget.dataset as { id: string }
    const row = this.data.rows.find((one) => one.id === id)
    if (!row || !this.data.mayMark || this.data.busy) return
    const send = await prepareMark({ id: this.id, memberId: id, isThere: row.isThere })
    if (send) await this.mark(send)
  },

  async mark(send: () => Promise<string>) {
    this.unsent = send
    this.patch({ busy: true })
    try {
      const told = await send()
      this.unsent = undefined
      this.patch({ failure: null })
      showToast(told)
      await this.loadPage(undefined, [])
    } catch (cause) {
      this.patch({ failure: toFailure(cause), failureTitle: meeting.actionFailed })
    } finally {
      this.patch({ busy: false })
    }
  },

  /** With what the user may do; people alone do not say it. */
  async load() {
    try {
      const { data } = await request(api.meeting, 'GET', { params: { id: this.id } })
      this.patch({
        mayRemind: data.may.indexOf('remind') >= 0,
        mayMark: data.may.indexOf('check_in_by_hand') >= 0,
      })
    } catch (cause) {
      this.patch({ failure: toFailure(cause) })
      return
    }
    await this.loadPage(undefined, [])
  },

  onMore() {
    const { next, rows } = this.data

    return next ? this.loadPage(next, rows) : undefined
  },

  async loadPage(cursor: string | undefined, before: Row[]) {
    this.turn += 1
    const { turn } = this
    const data: MeetingPeopleParams = { filter: this.data.filter }
    if (cursor) data.cursor = cursor
    try {
      const found = await request(api.meetingPeople, 'GET', { params: { id: this.id }, data })
      if (turn !== this.turn) return
      const { items, next = '' } = found.data
      const seesReplies = items.some(({ seen }) => seen !== null)
      const isShown = seesReplies || this.data.filters.length > 0
      this.patch({
        rows: [...before, ...items.map(toRow)],
        next,
        filters: isShown ? filters(this.data.mayMark) : [],
        isLoaded: true,
        failure: null,
      })
    } catch (cause) {
      if (turn === this.turn) this.patch({ failure: toFailure(cause) })
    }
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})
