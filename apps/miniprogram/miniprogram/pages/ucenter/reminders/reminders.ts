import type { ConsentsResult } from '@oa/contracts'
import { loadConsents, reportConsents } from '../../../auth/consents'
import { onSessionChange, readSession } from '../../../auth/session'
import { isWorthTelling } from '../../../auth/worth-telling'
import { messages } from '../../../i18n/index'
import type { Failure } from '../../../net/failure'
import { toFailure } from '../../../net/failure'
import { appearance } from '../../../ui/appearance'
import { showToast } from '../../../ui/dialog'
import type { SubscribeSettings } from '../../../ui/subscribe'
import { askToSubscribe, openSubscribeSettings, subscribeSettings } from '../../../ui/subscribe'
import { pause } from '../../../utils/promise'
import type { Reminder } from './view'
import { leftOf, refusalOf, toReminders } from './view'

const { reminders } = messages
/** WeChat tells the server within seconds; the waits before it is asked again. */
const ASK_AGAIN_MS = [300, 900, 2_000]

Page({
  data: {
    t: reminders,
    rootStyle: '',
    hasLogin: true,
    reminders: [] as Reminder[],
    isLoaded: false,
    isOff: false,
    failure: null as Failure | null,
    failureTitle: '',
  },

  closed: false,
  /** The template that the user is being asked about. */
  asking: '',
  /** What was accepted, and the server could not yet be told. */
  unreported: [] as string[],
  consents: null as ConsentsResult | null,
  settings: { isOff: false, refused: [] } as SubscribeSettings,
  stopWatching: undefined as (() => void) | undefined,

  onLoad() {
    this.stopWatching = onSessionChange(() => this.showSession())
  },

  onShow() {
    // After a visit to another app WeChat may never answer what it was asked.
    this.asking = ''
    const { title: failureTitle } = messages.failure
    this.patch({ ...appearance(reminders, reminders.title), failureTitle })
    this.showSession()
    return this.load()
  },

  onUnload() {
    this.closed = true
    this.stopWatching?.()
  },

  async onPullDownRefresh() {
    try {
      await this.load()
    } finally {
      wx.stopPullDownRefresh()
    }
  },

  onSignIn() {
    wx.navigateTo({ url: '/pages/auth/login/login' })
  },

  onRetry() {
    return this.load()
  },

  async onAllow(event: WechatMiniprogram.TouchEvent) {
    // reminders.wxml sets it.
    const { id } = event.currentTarget.dataset as { id: string }
    if (this.asking) return
    this.asking = id
    const answer = await askToSubscribe(id)
    this.asking = ''
    if (answer === 'accepted') return this.count(id)
    const refusal = refusalOf(answer)
    if (refusal) showToast(refusal)
    // The user may have refused for good just now.
    await this.readSettings()
  },

  async onSettings() {
    if (!(await openSubscribeSettings())) showToast(reminders.settingsFailed)
    await this.load()
  },

  showSession() {
    const hasLogin = readSession() !== undefined
    this.patch(hasLogin ? { hasLogin } : { hasLogin, reminders: [], isLoaded: false })
  },

  async load() {
    if (!readSession()) return
    try {
      const [consents] = await Promise.all([this.readConsents(), this.readSettings()])
      this.show(consents)
    } catch (cause) {
      this.fail(cause)
    }
  },

  /** What could not be told before is told first. */
  async readConsents(): Promise<ConsentsResult> {
    const [id] = this.unreported
    if (id === undefined) return loadConsents()
    const consents = await reportConsents([id])
    this.unreported = this.unreported.slice(1)
    return this.unreported.length > 0 ? this.readConsents() : consents
  },

  async readSettings() {
    this.settings = await subscribeSettings()
    if (this.consents) this.show(this.consents)
  },

  /** Shows what an acceptance has added, once the server knows of it. */
  async count(id: string) {
    const before = leftOf(this.consents?.templates ?? [], id)
    const isKnown = () => leftOf(this.consents?.templates ?? [], id) > before
    try {
      if (this.consents?.countedBy === 'client') this.unreported.push(id)
      this.show(await this.readConsents())
      for (const ms of ASK_AGAIN_MS) {
        if (isKnown() || this.closed) break
        await pause(ms)
        this.show(await this.readConsents())
      }
      if (!isKnown()) showToast(reminders.late)
      else showToast(before > 0 ? reminders.added : reminders.allowed)
    } catch (cause) {
      this.fail(cause)
    }
  },

  show(consents: ConsentsResult) {
    if (!readSession()) return
    this.consents = consents
    this.patch({
      reminders: toReminders(consents.templates, this.settings),
      isLoaded: true,
      isOff: this.settings.isOff,
      failure: null,
    })
  },

  fail(cause: unknown) {
    const failure = toFailure(cause)
    this.patch({ failure: isWorthTelling(failure) ? failure : null })
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})
