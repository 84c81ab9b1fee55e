import type { MeetingCounts, UserInfo } from '@oa/contracts'
import { loadProfile } from '../../../auth/profile'
import { onSessionChange, readSession } from '../../../auth/session'
import { shareCard } from '../../../auth/share-card'
import { isWorthTelling } from '../../../auth/worth-telling'
import { messages } from '../../../i18n/index'
import { ERRNO } from '../../../net/errno'
import type { Failure } from '../../../net/failure'
import { toFailure } from '../../../net/failure'
import { appearance } from '../../../ui/appearance'
import { whilePulledDown } from '../../../ui/pull-down'
import { nameTabs } from '../../../ui/tabs'
import { keepUnread, showUnread } from '../../../ui/unread'
import { EMPTY, toView } from './view'

const { ucenter } = messages
/** A shorter wait shows nothing, so that the page does not flicker. */
const SKELETON_AFTER_MS = 300

Page({
  data: {
    t: ucenter,
    reminders: '',
    rootStyle: '',
    hasLogin: false,
    userInfo: null as UserInfo | null,
    mobile: '',
    notice: '',
    deviceCount: '',
    memberships: EMPTY.memberships,
    level: '',
    meetingCounts: null as MeetingCounts | null,
    isLoaded: false,
    showSkeleton: false,
    failure: null as Failure | null,
    /** There is no use in signing in again. */
    isDisabled: false,
    failureTitle: '',
  },

  closed: false,
  loading: false,
  /** Bound since the last request was sent, whose answer may not have it yet. */
  justBound: {} as { mobile?: string },
  stopWatching: undefined as (() => void) | undefined,

  onLoad() {
    this.stopWatching = onSessionChange(() => this.showSession())
  },

  onShow() {
    nameTabs()
    showUnread()
    const { title: failureTitle } = messages.failure
    const { title: reminders } = messages.reminders
    this.patch({ ...appearance(ucenter, ucenter.title), failureTitle, reminders })
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

  onPullDownRefresh() {
    return whilePulledDown(() => this.load())
  },

  onSignIn() {
    wx.navigateTo({ url: '/pages/auth/login/login' })
  },

  onProfile() {
    wx.navigateTo({ url: '/pages/ucenter/profile/profile' })
  },

  onPhone() {
    wx.navigateTo({
      url: '/pages/ucenter/phone/phone',
      events: { bound: (mobile: string) => this.showBound(mobile) },
    })
  },

  onOrg(event: WechatMiniprogram.TouchEvent) {
    // index.wxml sets it.
    const { id } = event.currentTarget.dataset as { id: string }
    wx.navigateTo({ url: `/pages/org/org?orgId=${id}` })
  },

  onDevices() {
    wx.navigateTo({ url: '/pages/ucenter/devices/devices' })
  },

  onReminders() {
    wx.navigateTo({ url: '/pages/ucenter/reminders/reminders' })
  },

  onSettings() {
    wx.navigateTo({ url: '/pages/ucenter/settings/settings' })
  },

  onRetry() {
    return this.load()
  },

  onOnline() {
    return this.load()
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
      const profile = await loadProfile()
      if (!readSession()) return
      keepUnread(profile.meetingCounts?.unread ?? 0)
      showUnread()
      this.patch({
        ...toView(profile),
        ...this.justBound,
        isLoaded: true,
        failure: null,
        isDisabled: false,
      })
    } catch (cause) {
      const failure = toFailure(cause)
      const isDisabled = failure.errno === ERRNO.ACCOUNT_DISABLED
      this.patch({ failure: isWorthTelling(failure) ? failure : null, isDisabled })
    } finally {
      clearTimeout(timer)
      this.loading = false
      this.patch({ showSkeleton: false })
    }
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})
