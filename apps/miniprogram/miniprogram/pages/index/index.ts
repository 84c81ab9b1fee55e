import { whenChecked } from '../../auth/check-login'
import { keepInvitation } from '../../auth/invitation'
import { onSessionChange, readSession } from '../../auth/session'
import { shareCard } from '../../auth/share-card'
import { isWorthTelling } from '../../auth/worth-telling'
import { fillIn, messages } from '../../i18n/index'
import { openCheckIn } from '../../meetings/attendance'
import { keepMayCall, mayCallMeetings } from '../../meetings/may-call'
import { callMeeting, openInbox } from '../../meetings/moves'
import type { Failure } from '../../net/failure'
import { toFailure } from '../../net/failure'
import { loadMemberships } from '../../org/calls'
import { appearance } from '../../ui/appearance'
import type { ShownMembership } from '../../ui/member'
import { toShownMembership } from '../../ui/member'
import { nameTabs } from '../../ui/tabs'
import { showUnread } from '../../ui/unread'
import { keptMeetings, loadMeetings, NO_MEETINGS } from './meetings'

const { home } = messages

Page({
  data: {
    ...NO_MEETINGS,
    t: home,
    m: messages.meeting,
    c: messages.checkIn,
    v: messages.vote,
    failure: null as Failure | null,
    failureTitle: '',
    rootStyle: '',
    greeting: '',
    hasLogin: false,
    nickName: '',
    avatarUrl: '',
    /** Nobody belongs to none: shown once the server has said so. */
    memberships: [] as ShownMembership[],
    isMember: false,
    mayCall: true,
    t2: messages.org,
    entries: [] as ReturnType<typeof entries>,
    features: [] as ReturnType<typeof features>,
  },

  stopWatching: undefined as (() => void) | undefined,
  loading: false,
  closed: false,

  onLoad(query: Record<string, string | undefined>) {
    keepInvitation(query)
    this.stopWatching = onSessionChange(() => {
      this.refresh()
      if (!readSession()) this.patch({ ...NO_MEETINGS, failure: null })
    })
  },

  async onShow() {
    nameTabs()
    this.setData({
      ...appearance(home, messages.app.name),
      m: messages.meeting,
      c: messages.checkIn,
      v: messages.vote,
      failureTitle: messages.failure.title,
      t2: messages.org,
      entries: entries(),
      features: features(),
    })
    this.refresh()
    await this.loadAll()
  },

  onUnload() {
    this.closed = true
    this.stopWatching?.()
  },

  onShareAppMessage() {
    return shareCard()
  },

  onSignIn() {
    wx.navigateTo({ url: '/pages/auth/login/login' })
  },

  onEntry(event: WechatMiniprogram.TouchEvent) {
    // index.wxml sets it.
    const { url } = event.currentTarget.dataset as { url: string }
    wx.navigateTo({ url })
  },

  onOrg(event: WechatMiniprogram.TouchEvent) {
    // index.wxml sets it.
    const { id } = event.currentTarget.dataset as { id: string }
    wx.navigateTo({ url: `/pages/org/org?orgId=${id}` })
  },

  /** What was shown stays while the server cannot be reached: the page of the company says so. */
  async loadMemberships() {
    if (!readSession()) return
    try {
      await whenChecked()
      const memberships = await loadMemberships()
      if (!readSession()) return
      keepMayCall(memberships)
      this.setData({
        mayCall: mayCallMeetings(),
        memberships: memberships.map(toShownMembership),
        isMember: memberships.some(({ state }) => state === 'active'),
      })
    } catch {
      // Nothing else of this page depends on it.
    }
  },

  onOpenCentre() {
    wx.switchTab({ url: '/pages/ucenter/index/index' })
  },

  onCheckIn() {
    openCheckIn()
  },

  onInbox() {
    openInbox()
  },

  onCall() {
    callMeeting()
  },

  onRetry() {
    return this.loadAll()
  },

  async loadAll() {
    await Promise.all([this.load(), this.loadMemberships()])
    // Let in between the two answers.
    const { isMember, isInCompany, failure } = this.data
    if (isMember && !isInCompany && !failure) await this.load()
  },

  async load() {
    if (this.loading || !readSession()) return
    this.loading = true
    // What was there last, until the server answers.
    if (!this.data.isInCompany) this.patch({ ...keptMeetings(), keptAt: '' })
    try {
      await whenChecked()
      const shown = await loadMeetings()
      if (readSession()) this.patch({ ...shown, failure: null })
    } catch (cause) {
      const failure = toFailure(cause)
      this.patch({ ...keptMeetings(), failure: isWorthTelling(failure) ? failure : null })
    } finally {
      this.loading = false
      showUnread()
    }
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },

  refresh() {
    const session = readSession()
    const nickName = session?.userInfo?.nickName ?? ''
    if (!session) this.setData({ memberships: [], isMember: false })
    const greeting = greetingAt(new Date().getHours())
    this.setData({
      hasLogin: session !== undefined,
      nickName,
      avatarUrl: session?.userInfo?.avatarUrl ?? '',
      greeting: nickName
        ? fillIn(home.greetName, { greeting, name: nickName })
        : fillIn(home.greetGuest, { greeting }),
    })
  },
})

const entries = () => [
  { title: home.editProfile, url: '/pages/ucenter/profile/profile' },
  { title: home.phone, url: '/pages/ucenter/phone/phone' },
  { title: home.devices, url: '/pages/ucenter/devices/devices' },
]

const features = () => [
  { title: home.feature1Title, text: home.feature1Text },
  { title: home.feature2Title, text: home.feature2Text },
  { title: home.feature3Title, text: home.feature3Text },
]

const greetingAt = (hour: number): string => {
  if (hour < 5 || hour >= 18) return home.evening
  if (hour < 11) return home.morning

  return hour < 14 ? home.noon : home.afternoon
}
