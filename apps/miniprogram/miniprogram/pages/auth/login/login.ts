import { messages } from '../../../i18n/index'
import type { Failure } from '../../../net/failure'
import { toFailure } from '../../../net/failure'
import { rootStyle } from '../../../ui/appearance'
import { leave } from '../../../ui/leave'
import { privacy } from '../../../ui/privacy'
import { openPrivacyContract, privacySetting } from '../../../ui/privacy-contract'
import { loginByWeixin } from '../../../utils/user'

const HOME = '/pages/index/index'

// No avatar is asked for: what chooseAvatar gives is a temporary path on this phone, and a picture
// that nobody can keep yet would be a promise not kept.
Page({
  data: {
    t: messages.login,
    rootStyle: rootStyle(),
    submitting: false,
    failure: null as Failure | null,
    hint: '',
    contract: messages.privacy.contract,
  },

  closed: false,
  nickName: '',
  /** When the server lets us try again, after it asked us to wait. */
  notBefore: 0,

  onLoad() {
    wx.setNavigationBarTitle({ title: messages.login.title })
    void privacySetting().then(({ contract }) => this.patch({ contract }))
  },

  onShow() {
    this.setData({ rootStyle: rootStyle() })
  },

  onUnload() {
    this.closed = true
  },

  /** The name is read here, not while typing: WeChat checks it after the field is left and may clear it. */
  onSubmit(event: WechatMiniprogram.FormSubmit) {
    this.nickName = String(event.detail.value.nickName || '').trim()

    return this.signIn()
  },

  onRetry() {
    return this.signIn()
  },

  /** Within ten seconds of a refusal WeChat does not ask again, and the field is just a text field. */
  onNicknameFocus() {
    this.patch({ hint: privacy.isCoolingDown() ? messages.privacy.cooling : '' })
  },

  onContract() {
    openPrivacyContract()
  },

  onLater() {
    leave(HOME)
  },

  async signIn() {
    if (this.data.submitting || Date.now() < this.notBefore) return
    this.patch({ submitting: true, failure: null })
    try {
      await loginByWeixin(this.nickName ? { nickName: this.nickName } : undefined)
      if (this.closed) return
      wx.showToast({ title: messages.login.done, icon: 'success' })
      leave(HOME)
    } catch (cause) {
      const failure = toFailure(cause)
      this.notBefore = Date.now() + (failure.retryAfter ?? 0) * 1000
      this.patch({ failure })
    } finally {
      this.patch({ submitting: false })
    }
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})
