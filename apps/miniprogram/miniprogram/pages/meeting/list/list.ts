import type { MeetingCard, MeetingsResult } from '@oa/contracts'
import { readSession } from '../../../auth/session'
import { isWorthTelling } from '../../../auth/worth-telling'
import { api } from '../../../config/api'
import { fillIn, messages } from '../../../i18n/index'
import type { CardView } from '../../../meetings/card'
import { toCardView } from '../../../meetings/card'
import { keepList, keptList } from '../../../meetings/kept-lists'
import { mayCallMeetings } from '../../../meetings/may-call'
import type { MeetingTab } from '../../../meetings/moves'
import { callMeeting, takeWantedTab } from '../../../meetings/moves'
import { momentText } from '../../../meetings/when'
import type { Failure } from '../../../net/failure'
import { toFailure } from '../../../net/failure'
import { request } from '../../../net/request'
import { appearance } from '../../../ui/appearance'
import { whilePulledDown } from '../../../ui/pull-down'
import { nameTabs } from '../../../ui/tabs'
import { showUnread } from '../../../ui/unread'

const { meeting } = messages

const tabs = (): { tab: MeetingTab; name: string }[] => [
  { tab: 'upcoming', name: meeting.tabUpcoming },
  { tab: 'running', name: meeting.tabRunning },
  { tab: 'hosting', name: meeting.tabHosting },
  { tab: 'approving', name: meeting.tabApproving },
  { tab: 'past', name: meeting.tabPast },
  { tab: 'cancelled', name: meeting.tabCancelled },
]

const EMPTY = { cards: [] as CardView[], next: '', isLoaded: false, keptAt: '', failure: null }

Page({
  data: {
    ...EMPTY,
    t: meeting,
    rootStyle: '',
    hasLogin: false,
    mayCall: true,
    tabs: [] as ReturnType<typeof tabs>,
    tab: 'upcoming' as MeetingTab,
    loadingMore: false,
    failure: null as Failure | null,
    failureTitle: '',
  },

  closed: false,
  /** Counts the loads; the answer of an earlier one is not shown any more. */
  turn: 0,

  onShow() {
    nameTabs()
    showUnread()
    const wanted = takeWantedTab()
    const { title: failureTitle } = messages.failure
    const look = {
      ...appearance(meeting, meeting.listTitle),
      tabs: tabs(),
      failureTitle,
      mayCall: mayCallMeetings(),
    }
    this.patch(wanted && wanted !== this.data.tab ? { ...look, ...EMPTY, tab: wanted } : look)
    return this.load()
  },

  onUnload() {
    this.closed = true
  },

  onPullDownRefresh() {
    return whilePulledDown(() => this.load())
  },

  onReachBottom() {
    return this.onMore()
  },

  onTab(event: WechatMiniprogram.TouchEvent) {
    // list.wxml sets it.
    const { tab } = event.currentTarget.dataset as { tab: MeetingTab }
    if (tab === this.data.tab) return undefined
    this.patch({ ...EMPTY, tab })

    return this.load()
  },

  onRetry() {
    return this.load()
  },

  onSignIn() {
    wx.navigateTo({ url: '/pages/auth/login/login' })
  },

  onCall() {
    callMeeting()
  },

  async load() {
    const hasLogin = readSession() !== undefined
    this.patch(hasLogin ? { hasLogin } : { hasLogin, ...EMPTY })
    if (!hasLogin) return
    const { tab } = this.data
    const turn = this.begin()
    if (!this.data.isLoaded) this.showKept(tab, '')
    try {
      const { data } = await request(api.meetings, 'GET', { data: { tab } })
      if (readSession()) keepList(tab, data.items)
      if (turn === this.turn) this.show(data, [])
    } catch (cause) {
      if (turn !== this.turn) return
      const failure = toFailure(cause)
      this.patch({ failure: isWorthTelling(failure) ? failure : null })
      this.showKept(tab, meeting.keptAt)
    }
  },

  async onMore() {
    const { tab, next, loadingMore, cards } = this.data
    if (!next || loadingMore) return
    const turn = this.begin()
    this.patch({ loadingMore: true })
    try {
      const { data } = await request(api.meetings, 'GET', { data: { tab, cursor: next } })
      if (turn === this.turn) this.show(data, cards)
    } catch (cause) {
      if (turn === this.turn) this.patch({ failure: toFailure(cause) })
    } finally {
      if (turn === this.turn) this.patch({ loadingMore: false })
    }
  },

  begin(): number {
    this.turn += 1
    this.patch({ loadingMore: false })

    return this.turn
  },

  show({ items, next = '' }: MeetingsResult, before: CardView[]) {
    const known = new Set(before.map(({ id }) => id))
    const cards = toViews(items).filter(({ id }) => !known.has(id))
    if (!readSession()) return
    this.patch({
      cards: [...before, ...cards],
      next,
      isLoaded: true,
      keptAt: '',
      failure: null,
    })
  },

  /** Shows what was stored, with its time where `text` says how. */
  showKept(tab: MeetingTab, text: string) {
    const kept = keptList(tab)
    if (!kept || !readSession()) return
    const keptAt = text && fillIn(text, { at: momentText(kept.at) })
    this.patch(this.data.isLoaded ? { keptAt } : { cards: toViews(kept.items), keptAt })
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})

const toViews = (items: MeetingCard[]): CardView[] => items.map((item) => toCardView(item))
