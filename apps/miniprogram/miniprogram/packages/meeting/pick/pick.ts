import type { Department, Member, MembersParams } from '@oa/contracts'
import { api } from '../../../config/api'
import { fillIn, messages } from '../../../i18n/index'
import type { Failure } from '../../../net/failure'
import { toFailure } from '../../../net/failure'
import { request } from '../../../net/request'
import { appearance } from '../../../ui/appearance'
import { showToast } from '../../../ui/dialog'
import type { Named } from '../edit/form'
import type { PickKind } from './kinds'
import { isMany, isPickKind, leastRoleFor, mayBeUnset, titleOf } from './kinds'

const { meetingEdit } = messages
const SEARCH_AFTER_MS = 300
/** As many as a meeting takes. */
const MOST = 2000

type Row = { id: string; name: string; details: string; avatarUrl: string; chosen: boolean }

/** Members of the company; one is chosen by a tap, several by taps and the button. */
Page({
  data: {
    t: meetingEdit,
    m: messages.meeting,
    rootStyle: '',
    isMany: false,
    mayBeUnset: false,
    departments: [] as string[],
    department: 0,
    rows: [] as Row[],
    next: '',
    count: '',
    done: '',
    isLoaded: false,
    busy: false,
    failure: null as Failure | null,
    failureTitle: '',
  },

  closed: false,
  kind: 'participants' as PickKind,
  orgId: '',
  q: '',
  known: [] as Department[],
  chosen: new Map<string, Named>(),
  turn: 0,
  timer: undefined as ReturnType<typeof setTimeout> | undefined,

  onLoad({ kind, orgId = '' }: Record<string, string | undefined>) {
    if (isPickKind(kind)) this.kind = kind
    this.orgId = decodeURIComponent(orgId)
    this.chosen = new Map()
    this.getOpenerEventChannel().on?.('chosen', (people: Named[]) => {
      for (const one of people) this.chosen.set(one.id, one)
      this.showChosen()
    })
    this.patch({ isMany: isMany(this.kind), mayBeUnset: mayBeUnset(this.kind) })
    void this.loadDepartments()

    return this.load()
  },

  onShow() {
    const { title: failureTitle } = messages.failure
    const look = appearance(meetingEdit, titleOf(this.kind))
    this.patch({ ...look, m: messages.meeting, failureTitle })
    this.showDepartments()
    this.showChosen()
  },

  onUnload() {
    this.closed = true
    if (this.timer !== undefined) clearTimeout(this.timer)
  },

  onReachBottom() {
    return this.onMore()
  },

  onRetry() {
    return this.load()
  },

  onSearch({ detail }: WechatMiniprogram.Input) {
    this.q = detail.value.trim()
    if (this.timer !== undefined) clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.load(), SEARCH_AFTER_MS)
  },

  onDepartment({ detail }: WechatMiniprogram.PickerChange) {
    this.patch({ department: Number(detail.value) })
    return this.load()
  },

  onPerson({ currentTarget }: WechatMiniprogram.TouchEvent) {
    // pick.wxml sets it.
    const { id } = currentTarget.dataset as { id: string }
    const row = this.data.rows.find((one) => one.id === id)
    if (!row) return
    const person = { id, name: row.name }
    if (!this.data.isMany) {
      this.finish([person])
      return
    }
    if (!this.chosen.delete(id)) this.add([person])
    this.showChosen()
  },

  onUnset() {
    this.finish([])
  },

  onClear() {
    this.chosen.clear()
    this.showChosen()
  },

  onDone() {
    this.finish([...this.chosen.values()])
  },

  /** Whoever matches, those too that are not loaded yet. */
  async onAll() {
    if (this.data.busy) return
    this.patch({ busy: true })
    try {
      let cursor: string | undefined
      do {
        const { data } = await request(api.members, 'GET', { data: this.params(cursor) })
        if (!this.add(data.items)) return
        cursor = data.next
      } while (cursor !== undefined && !this.closed)
    } catch (cause) {
      this.patch({ failure: toFailure(cause) })
    } finally {
      this.patch({ busy: false })
      this.showChosen()
    }
  },

  /** False, and a word about it, when there is no place for all. */
  add(people: { id: string; name: string }[]): boolean {
    for (const { id, name } of people) {
      if (this.chosen.size >= MOST && !this.chosen.has(id)) {
        showToast(meetingEdit.tooMany)
        return false
      }
      this.chosen.set(id, { id, name })
    }

    return true
  },

  finish(people: Named[]) {
    this.getOpenerEventChannel().emit?.('picked', people)
    wx.navigateBack()
  },

  showChosen() {
    const { rows } = this.data
    this.patch({
      rows: rows.map((row) => ({ ...row, chosen: this.chosen.has(row.id) })),
      done: fillIn(meetingEdit.done, { count: this.chosen.size }),
    })
  },

  /** Without departments one can still search. */
  async loadDepartments() {
    try {
      const { data } = await request(api.departments, 'GET', { data: { orgId: this.orgId } })
      this.known = data.departments
    } catch {
      this.known = []
    }
    this.showDepartments()
  },

  showDepartments() {
    const names = this.known.map(({ name }: Department) => name)
    this.patch({ departments: names.length ? [meetingEdit.everyDepartment, ...names] : [] })
  },

  params(cursor?: string): MembersParams {
    const params: MembersParams = { orgId: this.orgId }
    const department = this.known[this.data.department - 1]
    const role = leastRoleFor(this.kind)
    if (role) params.role = role
    if (this.q) params.q = this.q
    if (department) params.departmentId = department.id
    if (cursor) params.cursor = cursor

    return params
  },

  load() {
    return this.loadPage(undefined, [])
  },

  onMore() {
    const { next, rows } = this.data

    return next ? this.loadPage(next, rows) : undefined
  },

  /** A slow answer to an earlier search is not shown any more. */
  async loadPage(cursor: string | undefined, before: Row[]) {
    this.turn += 1
    const { turn } = this
    try {
      const { data } = await request(api.members, 'GET', { data: this.params(cursor) })
      if (turn !== this.turn) return
      const rows = [...before, ...data.items.map((member) => this.toRow(member))]
      this.patch({ rows, next: data.next ?? '', isLoaded: true, failure: null })
    } catch (cause) {
      if (turn === this.turn) this.patch({ failure: toFailure(cause) })
    }
  },

  toRow({ id, name, title, department, avatarUrl }: Member): Row {
    const details = [department?.name, title].filter(Boolean).join(' · ')

    return { id, name, details, avatarUrl, chosen: this.chosen.has(id) }
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})
