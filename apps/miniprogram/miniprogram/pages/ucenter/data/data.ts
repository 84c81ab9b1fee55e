import type { PersonalDataResult } from '@oa/contracts'
import { closeAccount } from '../../../auth/close-account'
import { isUnsure } from '../../../auth/closing'
import { loadPersonalData } from '../../../auth/profile'
import { onSessionChange, readSession } from '../../../auth/session'
import { messages } from '../../../i18n/index'
import { ERRNO } from '../../../net/errno'
import { actionFor } from '../../../net/errno-actions'
import type { Failure } from '../../../net/failure'
import { describeFailure, toFailure } from '../../../net/failure'
import { rootStyle } from '../../../ui/appearance'
import { copyText } from '../../../ui/clipboard'
import { confirmDanger, say } from '../../../ui/dialog'
import { NOTHING, toView } from './view'

const { ownData } = messages
const HOME = '/pages/index/index'
const SAID = { copied: ownData.copied, noConsent: ownData.copyRefused, failed: ownData.copyFailed }

Page({
  data: {
    t: ownData,
    rootStyle: rootStyle(),
    hasLogin: false,
    ...NOTHING,
    loading: false,
    failure: null as Failure | null,
    failureTitle: ownData.failed,
    understood: false,
    hint: '',
    closing: false,
    closeFailure: null as Failure | null,
    closeTitle: '',
  },

  closed: false,
  /** Between the tap and the answer, the dialog included: one tap asks once. */
  isAsking: false,
  /** For the clipboard alone; the page's data holds only what is shown. */
  kept: undefined as PersonalDataResult | undefined,
  /** Grows whenever what was read has to go: an answer that comes later is not shown. */
  departures: 0,
  stopWatching: undefined as (() => void) | undefined,

  onLoad() {
    wx.setNavigationBarTitle({ title: ownData.title })
    this.stopWatching = onSessionChange(() => this.showSession())
  },

  onShow() {
    this.patch({ rootStyle: rootStyle() })
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

  /** Only on a tap: the whole phone number is shown here, and the server answers a few times an hour. */
  async onView() {
    if (this.data.loading || this.data.closing || !readSession()) return
    const { departures } = this
    const wasUnsure = isUnsure()
    this.patch({ loading: true, failure: null, failureTitle: ownData.failed })
    try {
      const kept = await loadPersonalData()
      if (departures !== this.departures) return
      this.kept = kept
      this.patch(toView(kept))
    } catch (cause) {
      const failure = toFailure(cause)
      if (wasUnsure && failure.errno === ERRNO.UNLOGIN) this.sayClosed()
      else if (readSession() || actionFor(failure) === 'signOut') this.patch({ failure })
    } finally {
      this.patch({ loading: false })
    }
  },

  async onCopy() {
    if (!this.kept) return
    say(SAID[await copyText(JSON.stringify(this.kept, null, 2))])
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
      this.sayClosed()
    } catch (cause) {
      const failure = toFailure(cause)
      const title = isUnsure() ? ownData.unsure : ownData.notClosed
      const isStillHere = readSession() !== undefined
      if (isStillHere) this.patch({ closeFailure: failure, closeTitle: title })
      else this.patch({ failure, failureTitle: title })
      // Whoever went on to another page must hear of it there.
      if (this.closed) say([title, describeFailure(failure)].join('\n'))
    } finally {
      this.patch({ closing: false })
    }
  },

  sayClosed() {
    say(ownData.closed)
    wx.switchTab({ url: HOME })
  },

  showSession() {
    const hasLogin = readSession() !== undefined
    this.patch({ hasLogin })
    if (!hasLogin) this.drop()
  },

  drop() {
    this.departures += 1
    this.kept = undefined
    this.patch({ ...NOTHING, understood: false, hint: '' })
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})
