import type { MeetingResult, MessageKind, ReplyRequest } from '@oa/contracts'
import { askAlong, prepareToAsk } from '../../../auth/ask-along'
import { readSession } from '../../../auth/session'
import { isWorthTelling } from '../../../auth/worth-telling'
import { api } from '../../../config/api'
import { messages } from '../../../i18n/index'
import { openCheckIn, openCode } from '../../../meetings/attendance'
import { meetingIn } from '../../../meetings/scene'
import { spanText } from '../../../meetings/when'
import { ERRNO } from '../../../net/errno'
import type { Failure } from '../../../net/failure'
import { toFailure } from '../../../net/failure'
import { request } from '../../../net/request'
import { appearance } from '../../../ui/appearance'
import { showToast } from '../../../ui/dialog'
import { leave } from '../../../ui/leave'
import { whilePulledDown } from '../../../ui/pull-down'
import { callVote } from '../../../votes/moves'
import type { Send } from './steps'
import { prepareReply, prepareStep } from './steps'
import type { Offered } from './view'
import { EMPTY, toView } from './view'

const { meeting, vote } = messages
const HOME = '/pages/index/index'
/** What comes next for who does it, of which WeChat could tell. */
const COMES_NEXT: Readonly<Record<string, MessageKind[] | undefined>> = {
  reply: ['starting', 'changed', 'cancelled'],
  submit: ['result'],
  approve: ['approval'],
}
/** Somebody else was faster: the page shows what became of it. */
const OVERTAKEN = new Set<number>([ERRNO.STALE, ERRNO.MEETING_STATE, ERRNO.VOTE_OPEN])

Page({
  data: {
    ...EMPTY,
    t: meeting,
    c: messages.checkIn,
    v: vote,
    rootStyle: '',
    hasLogin: false,
    isMissing: false,
    busy: '',
    failure: null as Failure | null,
    /** What failed: loading, or what the user decided. */
    failureTitle: '',
  },

  closed: false,
  id: '',
  /** What is shown; what the user decides is about this version of it. */
  shown: undefined as MeetingResult | undefined,
  /** What failed, to be repeated as it was. */
  unsent: undefined as { send: Send; action: string } | undefined,
  isSeen: false,

  onLoad(query: Record<string, string | undefined>) {
    this.id = meetingIn(query)
  },

  onShow() {
    const catalogues = { c: messages.checkIn, v: vote }
    this.patch({ ...appearance(meeting, meeting.detailTitle), ...catalogues })
    return this.data.busy ? undefined : this.load()
  },

  onUnload() {
    this.closed = true
  },

  onPullDownRefresh() {
    return whilePulledDown(() => this.load())
  },

  /** Who is not invited sees no more than that there is nothing. */
  onShareAppMessage() {
    const { id, shown } = this
    const when = shown && spanText(shown.startsAt, shown.endsAt)
    const title = [shown?.title, when].filter(Boolean).join(' ') || messages.app.name

    return { title, path: `/pages/meeting/detail/detail?id=${encodeURIComponent(id)}` }
  },

  onSignIn() {
    wx.navigateTo({ url: '/pages/auth/login/login' })
  },

  onHome() {
    wx.switchTab({ url: HOME })
  },

  onCheckIn() {
    openCheckIn(this.id)
  },

  onCode() {
    openCode(this.id)
  },

  onVote() {
    if (this.shown) callVote(this.shown)
  },

  onPeople() {
    wx.navigateTo({ url: `/packages/meeting/people/people?id=${encodeURIComponent(this.id)}` })
  },

  /** Repeats what failed: with the same content, whatever was shown since. */
  onRetry() {
    return this.unsent ? this.send(this.unsent.send, this.unsent.action) : this.load()
  },

  onOnline() {
    return this.onRetry()
  },

  async onAction(event: WechatMiniprogram.TouchEvent) {
    // detail.wxml sets it.
    const { action } = event.currentTarget.dataset as { action: Offered }
    const { shown } = this
    if (!shown || this.data.busy) return
    if (action === 'update') {
      wx.navigateTo({ url: `/packages/meeting/edit/edit?id=${encodeURIComponent(this.id)}` })
      return
    }
    await askAlong(COMES_NEXT[action] ?? [])
    const send = await prepareStep(action, shown)
    if (send) await this.send(send, action)
  },

  async onReply(event: WechatMiniprogram.TouchEvent) {
    const { reply } = event.currentTarget.dataset as Pick<ReplyRequest, 'reply'>
    const sequence = this.shown?.details?.sequence
    if (sequence === undefined || this.data.busy) return
    // The reply does not wait for WeChat's sheet.
    if (reply === 'yes') void askAlong(COMES_NEXT.reply ?? [])
    const send = await prepareReply({ id: this.id, sequence }, reply)
    if (send) await this.send(send, reply)
  },

  async send(send: Send, action: string) {
    if (this.data.busy) return
    this.unsent = { send, action }
    this.patch({ busy: action })
    try {
      const told = await send()
      this.unsent = undefined
      this.patch({ failure: null })
      showToast(told)
      if (action === 'delete') leave(HOME)
      else await this.load()
    } catch (cause) {
      await this.showFailed(toFailure(cause))
    } finally {
      this.patch({ busy: '' })
    }
  },

  async showFailed(failure: Failure) {
    if (OVERTAKEN.has(failure.errno)) {
      this.unsent = undefined
      await this.load()
      showToast(meeting.changed)
      return
    }
    if (failure.errno === ERRNO.NOT_FOUND) this.showMissing()
    else this.patch({ failure, failureTitle: meeting.actionFailed })
  },

  async load() {
    const hasLogin = readSession() !== undefined
    this.patch(hasLogin ? { hasLogin } : { ...EMPTY, hasLogin, failure: null })
    if (!hasLogin) return
    this.unsent = undefined
    try {
      const { data } = await request(api.meeting, 'GET', { params: { id: this.id } })
      if (!readSession()) return
      this.shown = data
      this.patch({ ...toView(data), isMissing: false, failure: null })
      await this.see(data)
      if (data.may.some((action) => COMES_NEXT[action])) await prepareToAsk()
    } catch (cause) {
      const failure = toFailure(cause)
      const { errno } = failure
      if (errno === ERRNO.NOT_FOUND || errno === ERRNO.BAD_ARGUMENT) this.showMissing()
      else {
        const failureTitle = messages.failure.title
        this.patch({ failure: isWorthTelling(failure) ? failure : null, failureTitle })
      }
    }
  },

  showMissing() {
    this.unsent = undefined
    this.shown = undefined
    this.patch({ ...EMPTY, isMissing: true, failure: null })
  },

  /** Once: the server keeps the first time. The next visit says it when this one cannot. */
  async see({ myReply, details }: MeetingResult) {
    if (this.isSeen || myReply === null || details === null || details.mySeenAt !== null) return
    this.isSeen = true
    try {
      await request(api.seeMeeting, 'POST', { params: { id: this.id } })
    } catch {
      this.isSeen = false
    }
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})
