import { readSession } from '../../../auth/session'
import { api } from '../../../config/api'
import { messages } from '../../../i18n/index'
import { checkedInText } from '../../../meetings/attendance'
import { openMeeting } from '../../../meetings/moves'
import { scanCode } from '../../../meetings/scan'
import { actionFor } from '../../../net/errno-actions'
import type { Failure } from '../../../net/failure'
import { toFailure } from '../../../net/failure'
import { request } from '../../../net/request'
import { appearance } from '../../../ui/appearance'

const { checkIn } = messages
const HOME = '/pages/index/index'

/** Scans the code of a meeting and shows what the server says: the first time counts. */
Page({
  data: {
    t: checkIn,
    m: messages.meeting,
    rootStyle: '',
    hasLogin: true,
    sending: false,
    noCamera: false,
    /** When, and whether in time; empty before. */
    done: '',
    isLate: false,
    meetingTitle: '',
    failure: null as Failure | null,
    mayRepeat: false,
  },

  closed: false,
  /** The scanner opens once by itself. */
  wantsScan: false,
  id: '',
  /** What was scanned, and not answered: the server takes it as it took it the first time. */
  unsent: '',

  onLoad({ id = '', scan = '' }: Record<string, string | undefined>) {
    this.id = decodeURIComponent(id)
    this.wantsScan = scan === '1'
  },

  async onShow() {
    const hasLogin = readSession() !== undefined
    this.patch({ ...appearance(checkIn, checkIn.title), m: messages.meeting, hasLogin })
    if (!hasLogin || !this.wantsScan) return
    this.wantsScan = false
    await this.onScan()
  },

  onUnload() {
    this.closed = true
  },

  onSignIn() {
    wx.navigateTo({ url: '/pages/auth/login/login' })
  },

  onHome() {
    wx.switchTab({ url: HOME })
  },

  onMeeting() {
    openMeeting(this.id)
  },

  async onScan() {
    if (this.data.sending) return
    const scanned = await scanCode()
    this.patch({ noCamera: scanned.kind === 'noCamera' })
    if (scanned.kind === 'code') await this.send(scanned.text)
  },

  onRepeat() {
    return this.unsent ? this.send(this.unsent) : undefined
  },

  onOnline() {
    return this.data.mayRepeat ? this.onRepeat() : undefined
  },

  async send(code: string) {
    if (this.data.sending) return
    this.unsent = code
    this.patch({ sending: true, failure: null })
    try {
      const { data } = await request(api.checkIn, 'POST', { data: { code } })
      this.unsent = ''
      this.id = data.meetingId
      this.patch({
        done: checkedInText(data.checkedInAt, data.status),
        isLate: data.status === 'late',
      })
      await this.nameMeeting()
    } catch (cause) {
      const failure = toFailure(cause)
      const mayRepeat = actionFor(failure) === 'offerRetry'
      this.patch({ failure, mayRepeat, hasLogin: readSession() !== undefined })
    } finally {
      this.patch({ sending: false })
    }
  },

  /** The result stands without it. */
  async nameMeeting() {
    try {
      const { data } = await request(api.meeting, 'GET', { params: { id: this.id } })
      this.patch({ meetingTitle: data.title })
    } catch {
      this.patch({ meetingTitle: '' })
    }
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})
