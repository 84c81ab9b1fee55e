import { uploadPicture } from '../../../auth/profile'
import { messages } from '../../../i18n/index'
import type { Failure } from '../../../net/failure'
import { toFailure } from '../../../net/failure'
import { rootStyle } from '../../../ui/appearance'
import { showToast } from '../../../ui/dialog'
import { leave } from '../../../ui/leave'
import { privacy } from '../../../ui/privacy'
import { openPrivacyContract, privacySetting } from '../../../ui/privacy-contract'
import { loginByWeixin } from '../../../utils/user'

const HOME = '/pages/index/index'

Page({
  data: {
    t: messages.login,
    rootStyle: rootStyle(),
    submitting: false,
    failure: null as Failure | null,
    hint: '',
    contract: messages.privacy.contract,
    /** A temporary file of this phone. */
    picture: '',
  },

  closed: false,
  nickName: '',
  /** Until this instant the server asked to wait. */
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

  /** The name is read on submit: WeChat checks it when the field loses focus and may clear it. */
  onSubmit(event: WechatMiniprogram.FormSubmit) {
    this.nickName = String(event.detail.value.nickName || '').trim()

    return this.signIn()
  },

  onRetry() {
    return this.signIn()
  },

  /** For ten seconds after a refusal WeChat does not ask for consent, and offers neither name nor picture. */
  onConsentNeeded() {
    this.patch({ hint: privacy.isCoolingDown() ? messages.privacy.cooling : '' })
  },

  onPicture(event: WechatMiniprogram.CustomEvent<{ avatarUrl?: string }>) {
    this.patch({ picture: event.detail.avatarUrl ?? '' })
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
      const { picture } = this.data
      const isKept = picture === '' || (await isUploaded(picture))
      if (this.closed) return
      if (isKept) wx.showToast({ title: messages.login.done, icon: 'success' })
      else showToast(messages.login.doneWithoutPicture)
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

/** A sign-in that succeeded is not undone by a picture: it can be chosen again in the personal centre. */
const isUploaded = (filePath: string): Promise<boolean> =>
  uploadPicture(filePath).then(
    () => true,
    () => false,
  )
