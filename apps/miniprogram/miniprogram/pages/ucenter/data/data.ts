import type { PersonalDataResult } from '@oa/contracts'
import { closeAccount } from '../../../auth/close-account'
import { isOutcomeUnknown } from '../../../auth/closing'
import { loadPersonalData } from '../../../auth/profile'
import { onSessionChange, readSession } from '../../../auth/session'
import { isWorthTelling } from '../../../auth/worth-telling'
import { messages } from '../../../i18n/index'
import { ERRNO } from '../../../net/errno'
import type { Failure } from '../../../net/failure'
import { describeFailure, toFailure } from '../../../net/failure'
import { appearance } from '../../../ui/appearance'
import { copyText } from '../../../ui/clipboard'
import { confirmDanger, showToast, tell } from '../../../ui/dialog'
import { EMPTY, toView } from './view'

const { ownData } = messages
const HOME = '/pages/index/index'

Page({
  data: {
    t: ownData,
    rootStyle: '',
    hasLogin: false,
    ...EMPTY,
    loading: false,
    failure: null as Failure | null,
    failureTitle: '',
    understood: false,
    hint: '',
    closing: false,
    closeFailure: null as Failure | null,
    closeTitle: '',
  },

  closed: false,
  startsAtClosing: false,
  /** From the tap to the answer, dialog included, so that a second tap does nothing. */
  isAsking: false,
  /** For the clipboard; the page's `data` holds only what is shown. */
  kept: undefined as PersonalDataResult | undefined,
  /** Grows whenever the personal data is dropped: an answer to an older request is not shown. */
  dropCount: 0,
  stopWatching: undefined as (() => void) | undefined,

  onLoad({ part }: { part?: string }) {
    this.stopWatching = onSessionChange(() => this.showSession())
    this.startsAtClosing = part === 'close'
  },

  onReady() {
    if (!this.startsAtClosing) return
    wx.createSelectorQuery()
      .select('.closing')
      .boundingClientRect((box) => box && wx.pageScrollTo({ scrollTop: box.top }))
      .exec()
  },

  onShow() {
    this.patch(appearance(ownData, ownData.title))
    this.showSession()
  },

  onHide() {
    this.drop()
  },

  onUnload() {
    this.drop()
    this.closed = true
    this.stopWatching?.()
  },

  onSignIn() {
    wx.navigateTo({ url: '/pages/auth/login/login' })
  },

  /** Only on a tap: it shows the whole phone number, and the server allows few requests an hour. */
  async onView() {
    if (this.data.loading || this.data.closing || !readSession()) return
    const { dropCount } = this
    const wasUnknown = isOutcomeUnknown()
    this.patch({ loading: true, failure: null, failureTitle: ownData.failed })
    try {
      const kept = await loadPersonalData()
      if (dropCount !== this.dropCount) return
      this.kept = kept
      this.patch(toView(kept))
    } catch (cause) {
      const failure = toFailure(cause)
      if (wasUnknown && failure.errno === ERRNO.UNLOGIN) await this.leaveAfterClosing()
      else if (isWorthTelling(failure)) this.patch({ failure })
    } finally {
      this.patch({ loading: false })
    }
  },

  async onCopy() {
    if (!this.kept) return
    showToast(copyToasts()[await copyText(JSON.stringify(this.kept, null, 2))])
  },

  onUnderstood(event: WechatMiniprogram.CheckboxGroupChange) {
    this.patch({ understood: event.detail.value.length > 0, hint: '' })
  },

  async onClose() {
    if (this.isAsking) return
    if (!this.data.understood) {
      this.patch({ hint: ownData.tickFirst })
      return
    }
    this.isAsking = true
    try {
      const { confirmTitle, confirmText, confirmClose } = ownData
      if (await confirmDanger(confirmTitle, confirmText, confirmClose)) await this.close()
    } finally {
      this.isAsking = false
    }
  },

  async close() {
    this.patch({ closing: true, closeFailure: null })
    try {
      await closeAccount()
      await this.leaveAfterClosing()
    } catch (cause) {
      const failure = toFailure(cause)
      const title = isOutcomeUnknown() ? ownData.unsure : ownData.notClosed
      const isStillHere = readSession() !== undefined
      if (isStillHere) this.patch({ closeFailure: failure, closeTitle: title })
      else this.patch({ failure, failureTitle: title })
      // The user has left the page and learns of it on another one.
      if (this.closed) showToast([title, describeFailure(failure)].join('\n'))
    } finally {
      this.patch({ closing: false })
    }
  },

  async leaveAfterClosing() {
    await tell(ownData.closed, ownData.closedText)
    wx.switchTab({ url: HOME })
  },

  showSession() {
    const hasLogin = readSession() !== undefined
    this.patch({ hasLogin })
    if (!hasLogin) this.drop()
  },

  drop() {
    this.dropCount += 1
    this.kept = undefined
    this.patch({ ...EMPTY, understood: false, hint: '' })
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})

const copyToasts = () => ({
  copied: ownData.copied,
  noConsent: ownData.copyRefused,
  failed: ownData.copyFailed,
})
