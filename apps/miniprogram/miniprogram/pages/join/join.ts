import type { Membership } from '@oa/contracts'
import { onSessionChange, readSession } from '../../auth/session'
import { fillIn, messages } from '../../i18n/index'
import { ERRNO } from '../../net/errno'
import type { Failure } from '../../net/failure'
import { toFailure } from '../../net/failure'
import { join, leaveOrg, loadInvitation } from '../../org/calls'
import { invitationIn } from '../../org/scene'
import { appearance } from '../../ui/appearance'
import { confirm, showFailure, showToast } from '../../ui/dialog'
import { toView } from './view'

const { joining: texts } = messages
const HOME = '/pages/index/index'

Page({
  data: {
    t: texts,
    rootStyle: '',
    orgName: '',
    initial: '',
    lead: '',
    state: '',
    name: '',
    reason: '',
    needsApproval: true,
    loading: true,
    joining: false,
    isOver: false,
    failure: null as Failure | null,
    failureTitle: '',
  },

  closed: false,
  invitation: '',
  typed: '',
  mine: null as Membership | null,
  stopWatching: undefined as (() => void) | undefined,

  onLoad(query: Record<string, string | undefined>) {
    this.invitation = invitationIn(query)
    this.stopWatching = onSessionChange(() => void this.load())
  },

  onShow() {
    this.patch(appearance(texts, texts.title))
    return this.load()
  },

  onUnload() {
    this.closed = true
    this.stopWatching?.()
  },

  onRetry() {
    return this.load()
  },

  onSignIn() {
    wx.navigateTo({ url: '/pages/auth/login/login' })
  },

  onBind() {
    wx.navigateTo({ url: '/pages/ucenter/phone/phone' })
  },

  onEnter() {
    wx.switchTab({ url: HOME })
  },

  onName(event: WechatMiniprogram.Input) {
    this.typed = event.detail.value
  },

  async onSubmit(event: WechatMiniprogram.FormSubmit) {
    const name = String(event.detail.value.name || '').trim()
    if (name === '') {
      showToast(texts.nameEmpty)
      return
    }
    this.typed = name
    this.patch({ name })
    await this.send(name)
  },

  /** Who still waits asks again, which lets in who has bound a number of the roster meanwhile. */
  async onRefresh() {
    await this.load()
    if (this.data.state === 'pending' && !this.data.failure) await this.send(this.data.name)
  },

  async onWithdraw() {
    const orgId = this.mine?.orgId
    const text = fillIn(texts.withdrawText, { org: this.data.orgName })
    if (!orgId || !(await confirm(texts.withdraw, text))) return
    try {
      await leaveOrg(orgId)
      showToast(texts.withdrawn)
    } catch (cause) {
      showFailure(toFailure(cause))
    }
    await this.load()
  },

  async send(name: string) {
    if (this.data.joining) return
    const before = this.data.state
    this.patch({ joining: true, failure: null })
    try {
      const mine = await join(this.invitation, name)
      this.mine = mine
      if (mine.state === 'pending' && before === 'pending') showToast(texts.stillWaiting)
      await this.load()
    } catch (cause) {
      this.patch({ failure: toFailure(cause), failureTitle: texts.failed })
    } finally {
      this.patch({ joining: false })
    }
  },

  async load() {
    if (!this.invitation) {
      this.patch({ loading: false })
      return
    }
    try {
      const shown = await loadInvitation(this.invitation)
      this.mine = shown.mine
      const session = readSession()
      const view = toView(shown, session)
      // What was typed meanwhile stays.
      this.patch(view.state === 'form' && this.typed ? { ...view, name: this.typed } : view)
    } catch (cause) {
      const failure = toFailure(cause)
      const isOver = failure.errno === ERRNO.LINK_INVALID
      // Also to a guest: this page needs no session.
      this.patch({ failure, isOver, failureTitle: isOver ? texts.over : texts.loadFailed })
    } finally {
      this.patch({ loading: false })
    }
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})
