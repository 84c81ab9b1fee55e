import type { JoinRequestItem } from '@oa/contracts'
import { fillIn, messages } from '../../../i18n/index'
import { actionFor } from '../../../net/errno-actions'
import type { Failure } from '../../../net/failure'
import { toFailure } from '../../../net/failure'
import { appearance } from '../../../ui/appearance'
import { askText, showFailure, showToast } from '../../../ui/dialog'
import { localDateTime } from '../../../utils/time'
import { decide, loadRequests } from '../calls'

const { orgAdmin: texts } = messages

type Shown = { id: string; version: number; name: string; at: string; texts: string[] }

const toShown = (item: JoinRequestItem): Shown => ({
  id: item.id,
  version: item.version,
  name: item.name,
  at: item.requestedAt ? localDateTime(item.requestedAt) : '',
  texts: [
    fillIn(texts.nickName, { name: item.nickName }),
    item.phoneLast4 ? fillIn(texts.phoneEnds, { digits: item.phoneLast4 }) : texts.noPhone,
    item.invitedBy ? fillIn(texts.invitedBy, { name: item.invitedBy }) : '',
    item.department ? fillIn(texts.intoDepartment, { name: item.department.name }) : '',
  ].filter(Boolean),
})

Page({
  data: {
    t: texts,
    rootStyle: '',
    items: [] as Shown[],
    isLoaded: false,
    busy: false,
    failure: null as Failure | null,
    failureTitle: '',
  },

  closed: false,
  orgId: '',

  onLoad({ orgId = '' }: { orgId?: string }) {
    this.orgId = orgId
  },

  onShow() {
    const { title: failureTitle } = messages.failure
    this.patch({ ...appearance(texts, texts.requestsTitle), failureTitle })
    return this.load()
  },

  onUnload() {
    this.closed = true
  },

  onRetry() {
    return this.load()
  },

  async onPullDownRefresh() {
    try {
      await this.load()
    } finally {
      wx.stopPullDownRefresh()
    }
  },

  onAccept(event: WechatMiniprogram.TouchEvent) {
    return this.decide(event, true)
  },

  async onRefuse(event: WechatMiniprogram.TouchEvent) {
    const reason = await askText(texts.refuseTitle, texts.reasonHint)
    if (reason !== null) await this.decide(event, false, reason)
  },

  async decide(event: WechatMiniprogram.TouchEvent, accept: boolean, reason = '') {
    // requests.wxml sets it.
    const { id } = event.currentTarget.dataset as { id: string }
    const item = this.data.items.find((one) => one.id === id)
    if (!item || this.data.busy) return
    this.patch({ busy: true })
    try {
      await decide(id, { version: item.version, accept, ...(reason ? { reason } : {}) })
      showToast(accept ? texts.accepted : texts.refused)
      this.patch({ items: this.data.items.filter((one) => one.id !== id) })
    } catch (cause) {
      const failure = toFailure(cause)
      showFailure(failure)
      if (actionFor(failure) === 'reload') await this.load()
    } finally {
      this.patch({ busy: false })
    }
  },

  async load() {
    try {
      const items: Shown[] = []
      let next: string | undefined
      do {
        const page = await loadRequests({ orgId: this.orgId, ...(next ? { cursor: next } : {}) })
        items.push(...page.items.map(toShown))
        next = page.next
      } while (next && items.length < MOST)
      this.patch({ items, isLoaded: true, failure: null })
    } catch (cause) {
      this.patch({ failure: toFailure(cause) })
    }
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})

/** After these the others show themselves. */
const MOST = 200
