import { api } from '../../../config/api'
import { fillIn, messages } from '../../../i18n/index'
import { ERRNO } from '../../../net/errno'
import type { Failure } from '../../../net/failure'
import { describeFailure, toFailure } from '../../../net/failure'
import { request } from '../../../net/request'
import { appearance } from '../../../ui/appearance'
import { copyText } from '../../../ui/clipboard'
import { confirm, showFailure, showToast } from '../../../ui/dialog'
import { drawId } from '../../../utils/random'
import type { Kept } from './shown'
import { pictureAt } from './shown'

const { checkIn } = messages
const ASK_EVERY_MS = 4_000
const SHOW_EVERY_MS = 250

/** The code that a host shows to the room, and a link that shows it on a big screen. */
Page({
  data: {
    t: checkIn,
    rootStyle: '',
    isLoaded: false,
    svg: '',
    counts: '',
    countLabel: '',
    mayCheckIn: false,
    url: '',
    busy: '',
    /** Why there is no code to show; empty while there is. */
    ended: '',
    endedText: '',
    failure: null as Failure | null,
    failureTitle: '',
  },

  closed: false,
  id: '',
  kept: undefined as Kept | undefined,
  timers: [] as ReturnType<typeof setInterval>[],
  asking: false,
  /** Of the link, until the server answers: repeated, the request gets the same link. */
  drawn: '',

  onLoad({ id = '' }: Record<string, string | undefined>) {
    this.id = decodeURIComponent(id)
  },

  async onShow() {
    const failureTitle = messages.failure.title
    this.patch({ ...appearance(checkIn, checkIn.codeTitle), failureTitle })
    this.stop()
    wx.setKeepScreenOn({ keepScreenOn: true, fail: () => undefined })
    this.timers = [
      setInterval(() => this.show(), SHOW_EVERY_MS),
      setInterval(() => void this.ask(), ASK_EVERY_MS),
    ]
    await Promise.all([this.ask(), this.readMine()])
  },

  onHide() {
    this.stop()
  },

  onUnload() {
    this.closed = true
    this.stop()
  },

  stop() {
    for (const timer of this.timers) clearInterval(timer)
    this.timers = []
    wx.setKeepScreenOn({ keepScreenOn: false, fail: () => undefined })
  },

  onRetry() {
    return this.ask()
  },

  onPeople() {
    wx.navigateTo({ url: `/packages/meeting/people/people?id=${encodeURIComponent(this.id)}` })
  },

  async ask() {
    if (this.asking) return
    this.asking = true
    try {
      const { data } = await request(api.checkInCode, 'GET', { params: { id: this.id } })
      const kept = { result: data, at: Date.now() }
      const { present, people } = data
      this.patch({
        svg: pictureAt(kept, kept.at),
        isLoaded: true,
        counts: fillIn(checkIn.presentOf, { present, people }),
        countLabel: fillIn(checkIn.countLabel, { present, people }),
        ended: '',
        failure: null,
      })
      this.kept = kept
    } catch (cause) {
      this.showFailed(toFailure(cause))
    } finally {
      this.asking = false
    }
  },

  /** While codes are left, a network that is away for some seconds is nobody's concern. */
  showFailed(failure: Failure) {
    if (failure.errno === ERRNO.NOT_NOW) {
      this.kept = undefined
      this.patch({
        svg: '',
        url: '',
        failure: null,
        ended: this.data.isLoaded ? checkIn.over : describeFailure(failure),
        endedText: this.data.isLoaded ? checkIn.overText : '',
      })
      return
    }
    if (!this.data.isLoaded || failure.errno !== ERRNO.FAIL) this.patch({ failure })
  },

  show() {
    const svg = this.kept ? pictureAt(this.kept, Date.now()) : ''
    if (svg !== this.data.svg) this.patch({ svg })
  },

  async readMine() {
    try {
      const { data } = await request(api.meeting, 'GET', { params: { id: this.id } })
      this.patch({ mayCheckIn: data.may.indexOf('check_in') >= 0 })
    } catch {
      this.patch({ mayCheckIn: false })
    }
  },

  /** Who shows the code cannot scan it. */
  async onCheckMe() {
    const code = this.kept?.result.codes[0]?.text
    if (code === undefined) return
    await this.during('me', async () => {
      await request(api.checkIn, 'POST', { data: { code } })
      this.patch({ mayCheckIn: false })
      showToast(checkIn.done)
      await this.ask()
    })
  },

  async onScreen() {
    await this.during('screen', async () => {
      this.drawn = this.drawn || (await drawId())
      const data = { requestId: this.drawn }
      const made = await request(api.meetingScreen, 'POST', { params: { id: this.id }, data })
      this.drawn = ''
      this.patch({ url: made.data.url })
    })
  },

  async onCopy() {
    const isCopied = (await copyText(this.data.url)) === 'copied'
    showToast(isCopied ? checkIn.linkCopied : checkIn.linkNotCopied)
  },

  async onCloseLink() {
    if (!(await confirm(checkIn.closeLinkTitle, checkIn.closeLinkText))) return
    await this.during('close', async () => {
      await request(api.meetingScreen, 'DELETE', { params: { id: this.id } })
      this.patch({ url: '' })
      showToast(checkIn.linkClosed)
    })
  },

  async during(busy: string, work: () => Promise<void>) {
    if (this.data.busy) return
    this.patch({ busy })
    try {
      await work()
    } catch (cause) {
      showFailure(toFailure(cause))
    } finally {
      this.patch({ busy: '' })
    }
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})
