import type { Room } from '@oa/contracts'
import { fillIn, messages } from '../../../i18n/index'
import type { Failure } from '../../../net/failure'
import { toFailure } from '../../../net/failure'
import { appearance } from '../../../ui/appearance'
import { loadRooms } from '../calls'

const { manage: texts } = messages
const ROOM = '/packages/admin/room/room'

type Shown = { id: string; name: string; text: string; standing: string }

const toShown = (room: Room): Shown => ({
  id: room.id,
  name: room.name,
  text: [room.place, fillIn(texts.seats, { count: room.capacity }), room.equipment]
    .filter(Boolean)
    .join(' · '),
  standing: room.disabled ? texts.roomDisabled : room.needsApproval ? texts.roomAsks : '',
})

Page({
  data: {
    t: texts,
    rootStyle: '',
    items: [] as Shown[],
    isLoaded: false,
    failure: null as Failure | null,
    failureTitle: '',
  },

  closed: false,
  orgId: '',
  rooms: [] as Room[],

  onLoad({ orgId = '' }: { orgId?: string }) {
    this.orgId = orgId
  },

  /** Also after a room was added or changed. */
  onShow() {
    const { title: failureTitle } = messages.failure
    this.patch({ ...appearance(texts, texts.rooms), failureTitle, items: this.rooms.map(toShown) })
    return this.load()
  },

  onUnload() {
    this.closed = true
  },

  onRetry() {
    return this.load()
  },

  onAdd() {
    wx.navigateTo({ url: `${ROOM}?orgId=${this.orgId}` })
  },

  onRoom(event: WechatMiniprogram.TouchEvent) {
    // rooms.wxml sets it.
    const { id } = event.currentTarget.dataset as { id: string }
    wx.navigateTo({ url: `${ROOM}?orgId=${this.orgId}&id=${id}` })
  },

  async load() {
    try {
      this.rooms = await loadRooms(this.orgId)
      this.patch({ items: this.rooms.map(toShown), isLoaded: true, failure: null })
    } catch (cause) {
      this.patch({ failure: toFailure(cause) })
    }
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})
