import { logout } from '../../../auth/logout'
import { onSessionChange, readSession } from '../../../auth/session'
import { messages } from '../../../i18n/index'
import { toFailure } from '../../../net/failure'
import { rootStyle } from '../../../ui/appearance'
import { confirm, showFailure, showToast } from '../../../ui/dialog'
import { leave } from '../../../ui/leave'
import { openPrivacyContract } from '../../../ui/privacy-contract'
import { applyUpdate, updateState } from '../../../ui/update'
import { versionName } from '../../../ui/version'
import { clearCache } from '../../../utils/storage'

const { settings } = messages
const CENTRE = '/pages/ucenter/index/index'

Page({
  data: {
    t: settings,
    ownData: messages.ownData.title,
    closeAccount: messages.ownData.close,
    rootStyle: rootStyle(),
    hasLogin: false,
    version: '',
    update: updateState(),
    busy: false,
  },

  closed: false,
  stopWatching: undefined as (() => void) | undefined,

  onLoad() {
    wx.setNavigationBarTitle({ title: settings.title })
    this.stopWatching = onSessionChange(() => this.showSession())
  },

  onShow() {
    this.patch({ rootStyle: rootStyle(), version: versionName(), update: updateState() })
    this.showSession()
  },

  onUnload() {
    this.closed = true
    this.stopWatching?.()
  },

  onOwnData() {
    wx.navigateTo({ url: '/pages/ucenter/data/data' })
  },

  /** The same page, which says what closing deletes and keeps. */
  onCloseAccount() {
    wx.navigateTo({ url: '/pages/ucenter/data/data?part=close' })
  },

  async onClearCache() {
    if (!(await confirm(settings.clearTitle, settings.clearText))) return
    clearCache()
    showToast(settings.cleared)
  },

  onContract() {
    openPrivacyContract()
  },

  onUpdate() {
    applyUpdate()
  },

  async onLogout() {
    if (this.data.busy) return
    this.patch({ busy: true })
    try {
      await logout()
      showToast(settings.loggedOut)
    } catch (cause) {
      // Signed out on this device in any case.
      showFailure(toFailure(cause), settings.logoutHere)
    } finally {
      this.patch({ busy: false })
    }
    leave(CENTRE)
  },

  showSession() {
    this.patch({ hasLogin: readSession() !== undefined })
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})
