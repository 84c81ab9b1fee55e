import type { InboxResult, ReadInboxRequest } from '@oa/contracts'
import { readSession } from '../../../auth/session'
import { isWorthTelling } from '../../../auth/worth-telling'
import { api } from '../../../config/api'
import { messages } from '../../../i18n/index'
import { openMeeting } from '../../../meetings/moves'
import type { Failure } from '../../../net/failure'
import { toFailure } from '../../../net/failure'
import { request } from '../../../net/request'
import { appearance } from '../../../ui/appearance'
import { showFailure } from '../../../ui/dialog'
import { whilePulledDown } from '../../../ui/pull-down'
import { keepUnread } from '../../../ui/unread'
import { openVote } from '../../../votes/moves'
import type { Line } from './view'
import { toLines } from './view'

const { notice } = messages
const EMPTY = { lines: [] as Line[], next: '', unread: 0, isLoaded: false }

Page({
  data: {
    ...EMPTY,
    t: notice,
    rootStyle: '',
    hasLogin: false,
    loadingMore: false,
    busy: false,
    failure: null as Failure | null,
    failureTitle: '',
  },

  closed: false,
  turn: 0,
  /** When the newest line came that is shown: what comes later is not read by 全部已读. */
  upTo: '',

  onShow() {
    const { title: failureTitle } = messages.failure
    this.patch({ ...appearance(notice, notice.title), failureTitle })
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
    return this.load()
  },

  onSignIn() {
    wx.navigateTo({ url: '/pages/auth/login/login' })
  },

  async onLine(event: WechatMiniprogram.TouchEvent) {
    // list.wxml sets it.
    const { id, vote } = event.currentTarget.dataset as { id: string; vote: string }
    if (vote) openVote(vote)
    else if (id) openMeeting(id)
    const isAbout = (line: Line) => (vote ? line.voteId === vote : id && line.meetingId === id)
    const isUnread = this.data.lines.some((line: Line) => isAbout(line) && !line.read)
    if (isUnread) await this.read(vote ? { voteId: vote } : { meetingId: id })
  },

  async onReadAll() {
    if (this.data.busy || !this.upTo) return
    await this.read({ upTo: this.upTo })
    await this.load()
  },

  /** What could not be marked stays unread, and is marked by the next tap. */
  async read(what: ReadInboxRequest) {
    this.patch({ busy: true })
    try {
      const { data } = await request(api.readNotices, 'POST', { data: what })
      keepUnread(data.unread)
      this.patch({ unread: data.unread })
    } catch (cause) {
      if ('upTo' in what) showFailure(toFailure(cause))
    } finally {
      this.patch({ busy: false })
    }
  },

  async load() {
    const hasLogin = readSession() !== undefined
    this.patch(hasLogin ? { hasLogin } : { ...EMPTY, hasLogin, failure: null })
    if (!hasLogin) return
    const turn = this.begin()
    try {
      const { data } = await request(api.notices, 'GET', { data: {} })
      if (turn !== this.turn || !readSession()) return
      this.upTo = data.items[0]?.at ?? ''
      this.show(data, [])
    } catch (cause) {
      if (turn !== this.turn) return
      const failure = toFailure(cause)
      this.patch({ failure: isWorthTelling(failure) ? failure : null })
    }
  },

  async onMore() {
    const { next, loadingMore, lines } = this.data
    if (!next || loadingMore) return
    const turn = this.begin()
    this.patch({ loadingMore: true })
    try {
      const { data } = await request(api.notices, 'GET', { data: { cursor: next } })
      if (turn === this.turn && readSession()) this.show(data, lines)
    } catch (cause) {
      if (turn === this.turn) this.patch({ failure: toFailure(cause) })
    } finally {
      if (turn === this.turn) this.patch({ loadingMore: false })
    }
  },

  begin(): number {
    this.turn += 1
    this.patch({ loadingMore: false })

    return this.turn
  },

  show({ items, unread, next = '' }: InboxResult, before: Line[]) {
    keepUnread(unread)
    const lines = [...before, ...toLines(items, before.length)]
    this.patch({ lines, unread, next, isLoaded: true, failure: null })
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})
