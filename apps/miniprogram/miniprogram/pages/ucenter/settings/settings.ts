import { logout } from '../../../auth/logout'
import { onSessionChange, readSession } from '../../../auth/session'
import type { Language } from '../../../i18n/index'
import { chooseLanguage, chosenLanguage, LANGUAGE_NAMES, messages } from '../../../i18n/index'
import { toFailure } from '../../../net/failure'
import { openAgreement } from '../../../ui/agreement'
import { appearance } from '../../../ui/appearance'
import { confirm, showFailure, showToast } from '../../../ui/dialog'
import { leave } from '../../../ui/leave'
import { openPrivacyContract } from '../../../ui/privacy-contract'
import { applyUpdate, updateState } from '../../../ui/update'
import { versionName } from '../../../ui/version'
import { clearCache } from '../../../utils/storage'

const { settings } = messages
/** `undefined` follows WeChat. */
const LANGUAGES: readonly (Language | undefined)[] = [undefined, 'zh-CN', 'en']
const CENTRE = '/pages/ucenter/index/index'

Page({
  data: {
    t: settings,
    ownData: '',
    closeAccount: '',
    agreement: '',
    licences: '',
    /** As the picker lists them: the first follows WeChat. */
    languages: [] as string[],
    chosen: 0,
    rootStyle: '',
    hasLogin: false,
    version: '',
    update: updateState(),
    busy: false,
  },

  closed: false,
  stopWatching: undefined as (() => void) | undefined,

  onLoad() {
    this.stopWatching = onSessionChange(() => this.showSession())
  },

  onShow() {
    this.showTexts()
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

  onLanguage(event: WechatMiniprogram.PickerChange) {
    chooseLanguage(LANGUAGES[Number(event.detail.value)])
    this.showTexts()
  },

  async onClearCache() {
    if (!(await confirm(settings.clearTitle, settings.clearText))) return
    clearCache()
    showToast(settings.cleared)
  },

  onAgreement() {
    openAgreement()
  },

  onLicences() {
    wx.navigateTo({ url: '/pages/ucenter/licences/licences' })
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

  showTexts() {
    this.patch({
      ...appearance(settings, settings.title),
      ownData: messages.ownData.title,
      closeAccount: messages.ownData.close,
      agreement: messages.agreement.title,
      licences: messages.licences.title,
      languages: LANGUAGES.map((known) =>
        known ? LANGUAGE_NAMES[known] : settings.languageSystem,
      ),
      chosen: LANGUAGES.indexOf(chosenLanguage()),
      version: versionName(),
      update: updateState(),
    })
  },

  showSession() {
    this.patch({ hasLogin: readSession() !== undefined })
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})
