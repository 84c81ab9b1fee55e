import type { UserInfo } from '@oa/contracts'
import { logout, logoutAll } from '../../../auth/logout'
import { loadProfile } from '../../../auth/profile'
import { onSessionChange, readSession } from '../../../auth/session'
import { endSession, loadSessions } from '../../../auth/session-list'
import { shareCard } from '../../../auth/share-card'
import { fillIn, messages } from '../../../i18n/index'
import { actionFor } from '../../../net/errno-actions'
import type { Failure } from '../../../net/failure'
import { describeFailure, toFailure } from '../../../net/failure'
import { rootStyle } from '../../../ui/appearance'
import { confirm, showToast } from '../../../ui/dialog'
import { openPrivacyContract } from '../../../ui/privacy-contract'
import { nameTabs } from '../../../ui/tabs'
import { applyUpdate, updateState } from '../../../ui/update'
import { versionName } from '../../../ui/version'
import type { Device } from './view'
import { EMPTY, toView } from './view'

const { ucenter } = messages
/** A shorter wait shows nothing, so that the page does not flicker. */
const SKELETON_AFTER_MS = 300

Page({
  data: {
    t: ucenter,
    ownData: messages.ownData.title,
    rootStyle: rootStyle(),
    hasLogin: false,
    userInfo: null as UserInfo | null,
    mobile: '',
    level: '',
    memberSince: '',
    lastLogin: '',
    devices: [] as Device[],
    isLoaded: false,
    showSkeleton: false,
    failure: null as Failure | null,
    failureTitle: messages.failure.title,
    busy: false,
    version: '',
    update: updateState(),
  },

  closed: false,
  loading: false,
  /** Bound since the last request was sent, whose answer may not have it yet. */
  justBound: {} as { mobile?: string },
  stopWatching: undefined as (() => void) | undefined,

  onLoad() {
    wx.setNavigationBarTitle({ title: ucenter.title })
    this.stopWatching = onSessionChange(() => this.showSession())
  },

  onShow() {
    nameTabs()
    this.patch({ rootStyle: rootStyle(), version: versionName(), update: updateState() })
    this.showSession()
    return this.load()
  },

  onUnload() {
    this.closed = true
    this.stopWatching?.()
  },

  onShareAppMessage() {
    return shareCard()
  },

  async onPullDownRefresh() {
    try {
      await this.load()
    } finally {
      wx.stopPullDownRefresh()
    }
  },

  onSignIn() {
    wx.navigateTo({ url: '/pages/auth/login/login' })
  },

  onPhone() {
    wx.navigateTo({
      url: '/pages/ucenter/phone/phone',
      events: { bound: (mobile: string) => this.showBound(mobile) },
    })
  },

  onOwnData() {
    wx.navigateTo({ url: '/pages/ucenter/data/data' })
  },

  onRetry() {
    return this.load()
  },

  onOnline() {
    return this.load()
  },

  async onEndSession(event: WechatMiniprogram.TouchEvent) {
    // index.wxml sets both.
    const { id, name } = event.currentTarget.dataset as { id: string; name: string }
    const sure = await confirm(ucenter.endTitle, fillIn(ucenter.endText, { name }))
    if (!sure) return
    await this.act(async () => {
      await endSession(id)
      this.patch({ devices: this.data.devices.filter((device) => device.id !== id) })
      showToast(ucenter.ended)
    })
  },

  async onLogout() {
    await this.act(async () => {
      const isServerInformed = await logout().then(
        () => true,
        () => false,
      )
      showToast(isServerInformed ? ucenter.loggedOut : ucenter.logoutHere)
    })
  },

  async onLogoutAll() {
    if (!(await confirm(ucenter.logoutAllTitle, ucenter.logoutAllText))) return
    await this.act(async () => {
      showToast(fillIn(ucenter.loggedOutAll, { count: await logoutAll() }))
    })
  },

  onContract() {
    openPrivacyContract()
  },

  onUpdate() {
    applyUpdate()
  },

  /** Shows what is stored, until the server answers. */
  showSession() {
    const session = readSession()
    this.patch({ hasLogin: session !== undefined, userInfo: session?.userInfo ?? null })
    if (!session) this.patch(EMPTY)
  },

  showBound(mobile: string) {
    this.justBound = { mobile }
    this.patch({ mobile })
  },

  async load() {
    if (this.loading || !readSession()) return
    this.loading = true
    this.justBound = {}
    const timer = setTimeout(() => this.patch({ showSkeleton: true }), SKELETON_AFTER_MS)
    try {
      const [profile, sessions] = await Promise.all([loadProfile(), loadSessions()])
      if (!readSession()) return
      const view = { ...toView(profile, sessions), ...this.justBound }
      this.patch({ ...view, isLoaded: true, failure: null })
    } catch (cause) {
      const failure = toFailure(cause)
      const isWorthTelling = readSession() || actionFor(failure) === 'signOut'
      this.patch({ failure: isWorthTelling ? failure : null })
    } finally {
      clearTimeout(timer)
      this.loading = false
      this.patch({ showSkeleton: false })
    }
  },

  /** Runs one action at a time; a failure is shown in a toast. */
  async act(action: () => Promise<void>) {
    if (this.data.busy) return
    this.patch({ busy: true })
    try {
      await action()
    } catch (cause) {
      const failure = toFailure(cause)
      const id = failure.requestId
      showToast(
        [describeFailure(failure), id && fillIn(messages.failure.requestId, { id })]
          .filter(Boolean)
          .join('\n'),
      )
    } finally {
      this.patch({ busy: false })
    }
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})
