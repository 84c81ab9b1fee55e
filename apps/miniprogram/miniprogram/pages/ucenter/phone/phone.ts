import type { BindPhoneRequest } from '@oa/contracts'
import { bindPhone } from '../../../auth/bind-phone'
import { loadProfile } from '../../../auth/profile'
import { onSessionChange, readSession } from '../../../auth/session'
import { signIn } from '../../../auth/sign-in'
import { fillIn, messages } from '../../../i18n/index'
import { actionFor } from '../../../net/errno-actions'
import type { Failure } from '../../../net/failure'
import { toFailure } from '../../../net/failure'
import { appearance } from '../../../ui/appearance'
import { showToast } from '../../../ui/dialog'
import { leave } from '../../../ui/leave'
import type { PhoneDetail, PhoneProof } from '../../../ui/phone-button'
import { givesCode, openTypeOf, readPhone } from '../../../ui/phone-button'
import { openPrivacyContract, privacySetting } from '../../../ui/privacy-contract'
import { afterFailure, hints, toView } from './view'

const { phone } = messages
const SHOW_LOADING_AFTER_MS = 300

Page({
  data: {
    t: phone,
    rootStyle: '',
    hasLogin: false,
    isLoaded: false,
    showLoading: false,
    mobile: '',
    current: '',
    others: 0,
    othersText: '',
    endOthers: false,
    openType: openTypeOf(false),
    needsConsent: false,
    contract: '',
    submitting: false,
    hint: '',
    /** Another tap would not help: a button to contact the administrator replaces the other one. */
    isBlocked: false,
    failure: null as Failure | null,
    failureTitle: '',
    canRetry: false,
  },

  closed: false,
  loading: false,
  /** Without a code the API decrypts the number with the session_key of a recent sign-in. */
  isKeyFresh: givesCode(),
  /** Kept after a lost response: WeChat charges for each tap, so that it is sent again first. */
  proof: undefined as PhoneProof | undefined,
  stopWatching: undefined as (() => void) | undefined,

  onLoad() {
    this.stopWatching = onSessionChange(() => this.showSession())
  },

  onShow() {
    this.patch(appearance(phone, phone.title))
    this.showSession()
    void this.showConsent()
    return this.load()
  },

  onUnload() {
    this.closed = true
    this.stopWatching?.()
  },

  onOnline() {
    return this.load()
  },

  onSignIn() {
    wx.navigateTo({ url: '/pages/auth/login/login' })
  },

  onContract() {
    openPrivacyContract()
  },

  onLater() {
    leave(CENTRE)
  },

  onEndOthers(event: WechatMiniprogram.SwitchChange) {
    this.patch({ endOthers: event.detail.value })
  },

  /** The user answered WeChat's sheet, or WeChat did not show it. */
  async onPhone(event: WechatMiniprogram.CustomEvent<PhoneDetail>) {
    if (this.data.submitting) return
    void this.showConsent()
    const result = readPhone(event.detail)
    if (typeof result === 'string') {
      this.patch({
        hint: hints()[result],
        isBlocked: result === 'unavailable',
        failure: null,
      })
      return
    }
    this.proof = result
    await this.bind(result)
  },

  onRetry() {
    return this.proof ? this.bind(this.proof) : this.load()
  },

  async bind(proof: PhoneProof) {
    if (this.data.submitting) return
    this.patch({ submitting: true, hint: '', failure: null })
    try {
      const request: BindPhoneRequest = { ...proof }
      if (this.data.endOthers && this.data.others > 0) request.endOtherSessions = true
      const result = await bindPhone(request)
      this.proof = undefined
      this.notifyOpener(result.mobile)
      if (this.closed) return
      const { mobile, endedSessions: count } = result
      showToast(fillIn(count > 0 ? phone.boundAndEnded : phone.bound, { mobile, count }))
      leave(CENTRE)
    } catch (cause) {
      const failure = toFailure(cause)
      const { canRetry, isBlocked, isUsedUp } = afterFailure(failure)
      if (!canRetry) this.proof = undefined
      this.patch({ failure, failureTitle: phone.failed, canRetry, isBlocked })
      // Encrypted with a key that the API does not have: the next tap needs that of a new sign-in.
      if (isUsedUp && proof.encryptedData) await signIn().catch(() => undefined)
      // An earlier request, whose response was lost, may have spent it and bound the number.
      if (isUsedUp) await this.showProfile().catch(() => undefined)
    } finally {
      this.patch({ submitting: false })
    }
  },

  showSession() {
    const hasLogin = readSession() !== undefined
    this.patch(hasLogin ? { hasLogin } : { hasLogin, isLoaded: false, mobile: '', others: 0 })
  },

  async showConsent() {
    const { contract, needsConsent } = await privacySetting()
    this.patch({ contract, needsConsent, openType: openTypeOf(needsConsent) })
  },

  async load() {
    if (this.loading || this.data.submitting || !readSession()) return
    this.loading = true
    const showLoading = () => this.patch({ showLoading: true })
    const timer = setTimeout(showLoading, SHOW_LOADING_AFTER_MS)
    try {
      if (!this.isKeyFresh) await signIn()
      this.isKeyFresh = true
      await this.showProfile()
      if (!this.proof) this.patch({ failure: null })
    } catch (cause) {
      const failure = toFailure(cause)
      const { title: failureTitle } = messages.failure
      this.patch({ failure, failureTitle, canRetry: actionFor(failure) !== 'signOut' })
    } finally {
      clearTimeout(timer)
      this.loading = false
      this.patch({ showLoading: false })
    }
  },

  async showProfile() {
    const profile = await loadProfile()
    if (readSession()) this.patch({ ...toView(profile), isLoaded: true })
  },

  /** The personal centre shows the number at once, even when this page is closed by then. */
  notifyOpener(mobile: string) {
    const channel = this.getOpenerEventChannel()
    if (channel.emit) channel.emit('bound', mobile)
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})

const CENTRE = '/pages/ucenter/index/index'
