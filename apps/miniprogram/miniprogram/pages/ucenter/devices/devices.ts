import { logoutAll } from '../../../auth/logout'
import { onSessionChange, readSession } from '../../../auth/session'
import { endSession, loadSessions, seeNewDevices } from '../../../auth/session-list'
import { isWorthTelling } from '../../../auth/worth-telling'
import { fillIn, messages } from '../../../i18n/index'
import type { Failure } from '../../../net/failure'
import { toFailure } from '../../../net/failure'
import { appearance } from '../../../ui/appearance'
import { confirm, showFailure, showToast } from '../../../ui/dialog'
import { leave } from '../../../ui/leave'
import type { Device, NewArrival } from './view'
import { toDevices, toNewArrivals } from './view'

const { devices } = messages
const CENTRE = '/pages/ucenter/index/index'

Page({
  data: {
    t: devices,
    rootStyle: '',
    hasLogin: true,
    devices: [] as Device[],
    arrivals: [] as NewArrival[],
    isLoaded: false,
    failure: null as Failure | null,
    failureTitle: '',
    busy: false,
  },

  closed: false,
  stopWatching: undefined as (() => void) | undefined,

  onLoad() {
    this.stopWatching = onSessionChange(() => this.showSession())
  },

  onShow() {
    const { title: failureTitle } = messages.failure
    this.patch({ ...appearance(devices, devices.title), failureTitle })
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

  onOnline() {
    return this.load()
  },

  async onEnd(event: WechatMiniprogram.TouchEvent) {
    // devices.wxml sets both.
    const { id, name } = event.currentTarget.dataset as { id: string; name: string }
    if (!(await confirm(devices.endTitle, fillIn(devices.endText, { name })))) return
    await this.act(async () => {
      await endSession(id)
      this.patch({ devices: this.data.devices.filter((device) => device.id !== id) })
      showToast(devices.ended)
    })
  },

  async onSeen() {
    // The newest is the first; what came since the list was read stays.
    const [newest] = this.data.arrivals
    if (!newest) return
    await this.act(async () => {
      await seeNewDevices(newest.at)
      await this.load()
    })
  },

  async onEndAll() {
    if (!(await confirm(devices.endAllTitle, devices.endAllText))) return
    await this.act(async () => {
      showToast(fillIn(devices.endedAll, { count: await logoutAll() }))
      leave(CENTRE)
    })
  },

  showSession() {
    const hasLogin = readSession() !== undefined
    this.patch(hasLogin ? { hasLogin } : { hasLogin, devices: [], arrivals: [], isLoaded: false })
  },

  async load() {
    if (!readSession()) return
    try {
      const sessions = await loadSessions()
      if (readSession()) {
        this.patch({
          devices: toDevices(sessions),
          arrivals: toNewArrivals(sessions),
          isLoaded: true,
          failure: null,
        })
      }
    } catch (cause) {
      const failure = toFailure(cause)
      this.patch({ failure: isWorthTelling(failure) ? failure : null })
    }
  },

  /** One action at a time. */
  async act(action: () => Promise<void>) {
    if (this.data.busy) return
    this.patch({ busy: true })
    try {
      await action()
    } catch (cause) {
      showFailure(toFailure(cause))
    } finally {
      this.patch({ busy: false })
    }
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})
