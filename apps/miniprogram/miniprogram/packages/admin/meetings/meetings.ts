import type { MeetingCard } from '@oa/contracts'
import { fillIn, messages } from '../../../i18n/index'
import type { CardView } from '../../../meetings/card'
import { toCardView } from '../../../meetings/card'
import type { Failure } from '../../../net/failure'
import { toFailure } from '../../../net/failure'
import { appearance } from '../../../ui/appearance'
import { showFailure } from '../../../ui/dialog'
import { localDate } from '../../../utils/time'
import { loadOrgMeetings } from '../calls'
import { weekOf } from './week'

const { manage: texts } = messages

Page({
  data: {
    t: texts,
    m: messages.meeting,
    rootStyle: '',
    week: '',
    cards: [] as CardView[],
    next: '',
    isLoaded: false,
    failure: null as Failure | null,
    failureTitle: '',
  },

  closed: false,
  orgId: '',
  /** Weeks after this one. */
  ahead: 0,
  /** Counts the loads; a late answer for another week is not shown any more. */
  turn: 0,

  onLoad({ orgId = '' }: { orgId?: string }) {
    this.orgId = orgId
  },

  /** Also after a meeting was opened, and cancelled there. */
  onShow() {
    const { title: failureTitle } = messages.failure
    this.patch({ ...appearance(texts, texts.meetings), m: messages.meeting, failureTitle })
    return this.load()
  },

  onUnload() {
    this.closed = true
  },

  onRetry() {
    return this.load()
  },

  onEarlier() {
    return this.move(-1)
  },

  onLater() {
    return this.move(1)
  },

  move(by: number) {
    this.ahead += by
    this.patch({ cards: [], next: '', isLoaded: false })

    return this.load()
  },

  async load() {
    this.turn += 1
    const { turn } = this
    const { from, last } = weekOf(new Date(), this.ahead)
    const values = { from: localDate(from.toISOString()), to: localDate(last.toISOString()) }
    this.patch({ week: this.ahead === 0 ? texts.thisWeek : fillIn(texts.week, values) })
    try {
      const { items, next = '' } = await this.read('')
      if (turn !== this.turn) return
      const cards = items.map((card: MeetingCard) => toCardView(card))
      this.patch({ cards, next, isLoaded: true, failure: null })
    } catch (cause) {
      if (turn === this.turn) this.patch({ failure: toFailure(cause) })
    }
  },

  async onMore() {
    const { next, cards } = this.data
    const { turn } = this
    try {
      const page = await this.read(next)
      if (turn !== this.turn) return
      const more = page.items.map((card: MeetingCard) => toCardView(card))
      this.patch({ cards: [...cards, ...more], next: page.next ?? '' })
    } catch (cause) {
      showFailure(toFailure(cause))
    }
  },

  read(cursor: string) {
    const { from, to } = weekOf(new Date(), this.ahead)

    return loadOrgMeetings({
      orgId: this.orgId,
      from: from.toISOString(),
      to: to.toISOString(),
      ...(cursor ? { cursor } : {}),
    })
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})
