import type { FreeRoomsParams, Room } from '@oa/contracts'
import { api } from '../../../config/api'
import { fillIn, messages } from '../../../i18n/index'
import { spanText } from '../../../meetings/when'
import type { Failure } from '../../../net/failure'
import { toFailure } from '../../../net/failure'
import { request } from '../../../net/request'
import { appearance } from '../../../ui/appearance'

const { meetingEdit } = messages

type Row = { id: string; name: string; details: string; label: string }

const toRow = ({ id, name, place, capacity, equipment, needsApproval }: Room): Row => {
  const seats = fillIn(meetingEdit.capacity, { count: capacity })
  const approval = needsApproval ? meetingEdit.needsApproval : ''
  const details = [place, seats, equipment, approval].filter(Boolean).join(' · ')

  return { id, name, details, label: `${name} ${details}` }
}

/** Rooms that are free for the whole meeting; a tap chooses one. */
Page({
  data: {
    t: meetingEdit,
    rootStyle: '',
    heading: '',
    rooms: [] as Row[],
    isLoaded: false,
    failure: null as Failure | null,
    failureTitle: '',
  },

  closed: false,
  params: { from: '', to: '' } as FreeRoomsParams,

  onLoad(query: Record<string, string | undefined>) {
    const value = (name: string) => decodeURIComponent(query[name] ?? '')
    const params: FreeRoomsParams = { from: value('from'), to: value('to') }
    if (value('orgId')) params.orgId = value('orgId')
    if (value('meetingId')) params.meetingId = value('meetingId')
    if (value('people')) params.people = value('people')
    this.params = params
  },

  /** Others take rooms meanwhile. */
  onShow() {
    const { from, to } = this.params
    const heading = fillIn(meetingEdit.roomsFor, { at: spanText(from, to) })
    const { title: failureTitle } = messages.failure
    this.patch({ ...appearance(meetingEdit, meetingEdit.roomTitle), heading, failureTitle })
    return this.load()
  },

  onUnload() {
    this.closed = true
  },

  onRetry() {
    return this.load()
  },

  onChoose({ currentTarget }: WechatMiniprogram.TouchEvent) {
    // room.wxml sets it; without an id, no room.
    const { id } = currentTarget.dataset as { id: string }
    const room = this.data.rooms.find((one) => one.id === id)
    const chosen = room ? { id: room.id, name: room.name } : null
    this.getOpenerEventChannel().emit?.('chosen', chosen)
    wx.navigateBack()
  },

  async load() {
    try {
      const { data } = await request(api.freeRooms, 'GET', { data: this.params })
      this.patch({ rooms: data.rooms.map(toRow), isLoaded: true, failure: null })
    } catch (cause) {
      this.patch({ failure: toFailure(cause) })
    }
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})
