import { keepInvitation } from '../../auth/invitation'
import { onSessionChange, readSession } from '../../auth/session'
import { shareCard } from '../../auth/share-card'
import { fillIn, messages } from '../../i18n/index'
import { rootStyle } from '../../ui/appearance'
import { nameTabs } from '../../ui/tabs'

const { home } = messages

Page({
  data: {
    t: home,
    rootStyle: rootStyle(),
    greeting: '',
    hasLogin: false,
    nickName: '',
    avatarUrl: '',
    entries: [
      { title: home.editProfile, url: '/pages/ucenter/profile/profile' },
      { title: home.phone, url: '/pages/ucenter/phone/phone' },
      { title: home.devices, url: '/pages/ucenter/devices/devices' },
    ],
    features: [
      { title: home.feature1Title, text: home.feature1Text },
      { title: home.feature2Title, text: home.feature2Text },
      { title: home.feature3Title, text: home.feature3Text },
    ],
  },

  stopWatching: undefined as (() => void) | undefined,

  onLoad(query: Record<string, string | undefined>) {
    keepInvitation(query)
    wx.setNavigationBarTitle({ title: messages.app.name })
    this.stopWatching = onSessionChange(() => this.refresh())
  },

  onShow() {
    nameTabs()
    this.setData({ rootStyle: rootStyle() })
    this.refresh()
  },

  onUnload() {
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

  onOpenCentre() {
    wx.switchTab({ url: '/pages/ucenter/index/index' })
  },

  refresh() {
    const session = readSession()
    const nickName = session?.userInfo?.nickName ?? ''
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

const greetingAt = (hour: number): string => {
  if (hour < 5 || hour >= 18) return home.evening
  if (hour < 11) return home.morning

  return hour < 14 ? home.noon : home.afternoon
}
