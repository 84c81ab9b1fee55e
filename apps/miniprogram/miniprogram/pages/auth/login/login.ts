import { hasAgreed, setAgreed } from '../../../auth/agreement'
import { uploadPicture } from '../../../auth/profile'
import { loginCode } from '../../../auth/sign-in'
import { signInByPhone } from '../../../auth/sign-in-by-phone'
import { messages } from '../../../i18n/index'
import type { Failure } from '../../../net/failure'
import { toFailure } from '../../../net/failure'
import { openAgreement } from '../../../ui/agreement'
import { appearance } from '../../../ui/appearance'
import { countDown, retryText } from '../../../ui/countdown'
import { showToast } from '../../../ui/dialog'
import { leave } from '../../../ui/leave'
import type { PhoneDetail, PhoneProof } from '../../../ui/phone-button'
import { givesCode, openTypeOf, readPhone } from '../../../ui/phone-button'
import { privacy } from '../../../ui/privacy'
import { openPrivacyContract, privacySetting } from '../../../ui/privacy-contract'
import { reveal } from '../../../ui/reveal'
import { loginByWeixin } from '../../../utils/user'
import type { Way } from './view'
import { afterFailure, afterRefusal, isAboutNumber } from './view'

const HOME = '/pages/index/index'
/** A code of wx.login is valid for five minutes. */
const CODE_LIVES_MS = 4 * 60_000

Page({
  data: {
    t: messages.login,
    p: messages.phoneLogin,
    c: messages.consent,
    rootStyle: '',
    submitting: false,
    failure: null as Failure | null,
    /** The way of signing in that failed and can be tried again: its button says so. */
    retries: '' as Way,
    retryText: '',
    /** The server asked to wait, whichever way is tapped. */
    waiting: false,
    isDisabled: false,
    hint: '',
    agreed: false,
    /** The way of signing in that was tapped before the user agreed. */
    asking: '' as Way,
    contract: '',
    /** A temporary file of this phone. */
    picture: '',
    needsConsent: false,
    openType: openTypeOf(false),
    phoneHint: '',
    /** WeChat gives no number today: the button would do nothing. */
    isPhoneBlocked: false,
  },

  closed: false,
  nickName: '',
  /** Until this instant the server asked to wait. */
  notBefore: 0,
  /** Kept for a retry, since WeChat charges for each tap; `undefined` signs in without a number. */
  proof: undefined as PhoneProof | undefined,
  /** Of wx.login before the tap, for a WeChat that gives encrypted data instead of a code. */
  early: undefined as { code: string; at: number } | undefined,
  stopCounting: undefined as (() => void) | undefined,

  onShow() {
    const { login: t, phoneLogin: p, consent: c } = messages
    this.patch({ ...appearance(t, t.title), p, c, agreed: hasAgreed() })
    void this.showConsent()
    void this.askEarly()
  },

  onUnload() {
    this.closed = true
    this.stopCounting?.()
  },

  onAgreed(event: WechatMiniprogram.CheckboxGroupChange) {
    this.keepAgreed(event.detail.value.length > 0)
  },

  onAgreement() {
    openAgreement()
  },

  /** The name is read on submit: WeChat checks it when the field loses focus and may clear it. */
  onSubmit(event: WechatMiniprogram.FormSubmit) {
    this.nickName = String(event.detail.value.nickName || '').trim()
    this.proof = undefined

    return this.signIn()
  },

  /** The user answered WeChat's sheet, or WeChat did not show it. */
  async onPhone(event: WechatMiniprogram.CustomEvent<PhoneDetail>) {
    if (this.data.submitting) return
    void this.showConsent()
    const result = readPhone(event.detail)
    if (typeof result === 'string') {
      this.patch({ ...afterRefusal(result), failure: null, retries: '' })
      reveal('.phone-hint')
      return
    }
    this.proof = result
    await this.signIn()
  },

  onRetry() {
    return this.signIn()
  },

  /** Without the tick this button is none of WeChat's, and opens no sheet. */
  onPhoneTap() {
    if (!this.data.agreed) this.patch({ asking: 'phone' })
  },

  onSheetAgree() {
    this.keepAgreed(true)

    return this.signIn()
  },

  onSheetPhone(event: WechatMiniprogram.CustomEvent<PhoneDetail>) {
    this.keepAgreed(true)

    return this.onPhone(event)
  },

  onSheetRefuse() {
    this.patch({ asking: '' })
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
    if (!this.data.agreed) {
      this.patch({ asking: 'wechat' })
      return
    }
    const { proof } = this
    this.patch({ submitting: true, failure: null, phoneHint: '' })
    try {
      if (proof) await signInByPhone(proof, this.takeEarly())
      else await loginByWeixin(this.nickName ? { nickName: this.nickName } : undefined)
      const { picture } = this.data
      const isKept = picture === '' || (await isUploaded(picture))
      if (this.closed) return
      if (isKept) wx.showToast({ title: messages.login.done, icon: 'success' })
      else showToast(messages.login.doneWithoutPicture)
      leave(HOME)
    } catch (cause) {
      const failure = toFailure(cause)
      // A number that cannot be had must not keep anybody from signing in without it.
      const wait = isAboutNumber(failure) ? 0 : (failure.retryAfter ?? 0)
      this.notBefore = Date.now() + wait * 1000
      this.patch({ failure })
      this.showWayOn(failure, wait)
      if (!this.closed) reveal('.failed')
    } finally {
      this.patch({ submitting: false })
    }
  },

  showWayOn(failure: Failure, wait: number) {
    if (this.closed) return
    const wayOn = afterFailure(failure, this.proof ? 'phone' : 'wechat')
    if (!wayOn.retries) this.proof = undefined
    this.patch(wayOn)
    this.stopCounting?.()
    this.stopCounting = countDown(wait, (left) =>
      this.patch({ retryText: retryText(left), waiting: left > 0 }),
    )
    void this.askEarly()
  },

  keepAgreed(agreed: boolean) {
    setAgreed(agreed)
    this.patch({ agreed, asking: '' })
  },

  async showConsent() {
    const { contract, needsConsent } = await privacySetting()
    this.patch({ contract, needsConsent, openType: openTypeOf(needsConsent) })
  },

  /** Encrypted data is read with the key of the sign-in before the tap, so it begins that early. */
  async askEarly() {
    if (givesCode() || this.early) return
    const code = await loginCode().catch(() => undefined)
    if (code) this.early = { code, at: Date.now() }
  },

  takeEarly(): string | undefined {
    const { early } = this
    this.early = undefined

    return early && Date.now() - early.at < CODE_LIVES_MS ? early.code : undefined
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
