import type { VoteResult } from '@oa/contracts'
import { readSession } from '../../../auth/session'
import { isWorthTelling } from '../../../auth/worth-telling'
import { api } from '../../../config/api'
import { messages } from '../../../i18n/index'
import { openMeeting } from '../../../meetings/moves'
import { ERRNO } from '../../../net/errno'
import type { Failure } from '../../../net/failure'
import { toFailure } from '../../../net/failure'
import { request } from '../../../net/request'
import { appearance } from '../../../ui/appearance'
import { showToast } from '../../../ui/dialog'
import { whilePulledDown } from '../../../ui/pull-down'
import { ballotOf, choose, chooseAgain, hintOf } from './ballot'
import type { Send } from './steps'
import { prepareCast, prepareStep } from './steps'
import type { Step } from './view'
import { EMPTY, toView } from './view'

const { meeting, vote } = messages
const HOME = '/pages/index/index'
/** Somebody else, time, or this user on another phone was faster: the page shows what became of it. */
const OVERTAKEN = new Set<number>([
  ERRNO.STALE,
  ERRNO.MEETING_STATE,
  ERRNO.NOT_NOW,
  ERRNO.ALREADY_VOTED,
  ERRNO.NOT_AN_ELECTOR,
])

Page({
  data: {
    ...EMPTY,
    t: vote,
    m: meeting,
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
  shown: undefined as VoteResult | undefined,
  /** What failed, to be repeated as it was. */
  unsent: undefined as { send: Send; action: string } | undefined,

  onLoad({ id = '' }: Record<string, string | undefined>) {
    this.id = id
  },

  onShow() {
    this.patch({ ...appearance(vote, vote.detailTitle), m: meeting })
    return this.data.busy ? undefined : this.load()
  },

  onUnload() {
    this.closed = true
  },

  onPullDownRefresh() {
    return whilePulledDown(() => this.load())
  },

  /** Who may not vote sees no more than that there is nothing. */
  onShareAppMessage() {
    const { id, shown } = this

    return {
      title: shown?.title ?? messages.app.name,
      path: `/pages/vote/detail/detail?id=${encodeURIComponent(id)}`,
    }
  },

  onSignIn() {
    wx.navigateTo({ url: '/pages/auth/login/login' })
  },

  onHome() {
    wx.switchTab({ url: HOME })
  },

  onMeeting() {
    const id = this.shown?.meeting?.id
    if (id) openMeeting(id)
  },

  onRecord() {
    wx.navigateTo({
      url: `/packages/meeting/vote-record/vote-record?id=${encodeURIComponent(this.id)}`,
    })
  },

  /** Repeats what failed: with the same content, whatever was shown since. */
  onRetry() {
    return this.unsent ? this.send(this.unsent.send, this.unsent.action) : this.load()
  },

  onOnline() {
    return this.onRetry()
  },

  onOption(event: WechatMiniprogram.TouchEvent) {
    // detail.wxml sets it.
    const { id } = event.currentTarget.dataset as { id: string }
    const details = this.shown?.details
    if (!details || this.data.busy) return
    this.patch({ options: choose(this.data.options, id, details) })
  },

  async onCast() {
    const { shown } = this
    if (!shown?.details || this.data.busy) return
    const optionIds = ballotOf(this.data.options, shown.details)
    if (!optionIds) {
      showToast(hintOf(shown.details))
      return
    }
    const send = await prepareCast(this.id, optionIds, !shown.details.changeable)
    if (send) await this.send(send, 'cast')
  },

  async onAction(event: WechatMiniprogram.TouchEvent) {
    // detail.wxml sets it.
    const { action } = event.currentTarget.dataset as { action: Step }
    const { shown } = this
    if (!shown || this.data.busy) return
    if (action === 'update') {
      wx.navigateTo({ url: `/packages/meeting/vote/vote?id=${encodeURIComponent(this.id)}` })
      return
    }
    const send = await prepareStep(action, shown)
    if (send) await this.send(send, action)
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
      await this.load()
    } catch (cause) {
      await this.showFailed(toFailure(cause))
    } finally {
      this.patch({ busy: '' })
    }
  },

  async showFailed(failure: Failure) {
    const { errno } = failure
    if (OVERTAKEN.has(errno)) {
      this.unsent = undefined
      const before = this.shown?.version
      await this.load()
      if (errno === ERRNO.ALREADY_VOTED) showToast(vote.mine)
      else if (errno === ERRNO.NOT_AN_ELECTOR) showToast(vote.notElector)
      else if (this.shown?.version !== before) showToast(vote.changed)
      // Nothing changed: it is not possible yet, and the server's words say why.
      else this.patch({ failure, failureTitle: vote.actionFailed })
      return
    }
    if (errno === ERRNO.NOT_FOUND) this.showMissing()
    else this.patch({ failure, failureTitle: vote.actionFailed })
  },

  async load() {
    const hasLogin = readSession() !== undefined
    this.patch(hasLogin ? { hasLogin } : { ...EMPTY, hasLogin, failure: null })
    if (!hasLogin) return
    this.unsent = undefined
    try {
      const { data } = await request(api.vote, 'GET', { params: { id: this.id } })
      if (!readSession()) return
      const view = toView(data)
      const options = this.isSameBallot(data)
        ? chooseAgain(view.options, this.data.options)
        : view.options
      this.shown = data
      this.patch({ ...view, options, isMissing: false, failure: null })
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

  /** What the user ticked and has not cast outlives a refresh. */
  isSameBallot({ version, may, iVoted }: VoteResult): boolean {
    const { shown } = this

    return shown?.version === version && shown.iVoted === iVoted && may.includes('cast')
  },

  showMissing() {
    this.unsent = undefined
    this.shown = undefined
    this.patch({ ...EMPTY, isMissing: true, failure: null })
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})
