import type { VoteItem, VotesResult } from '@oa/contracts'
import { readSession } from '../../../auth/session'
import { isWorthTelling } from '../../../auth/worth-telling'
import { api } from '../../../config/api'
import { fillIn, messages } from '../../../i18n/index'
import { keepMayCall, mayCallVotes } from '../../../meetings/may-call'
import { momentText } from '../../../meetings/when'
import type { Failure } from '../../../net/failure'
import { toFailure } from '../../../net/failure'
import { request } from '../../../net/request'
import { loadMemberships } from '../../../org/calls'
import { appearance } from '../../../ui/appearance'
import { whilePulledDown } from '../../../ui/pull-down'
import { nameTabs } from '../../../ui/tabs'
import { showUnread } from '../../../ui/unread'
import type { VoteCardView } from '../../../votes/card'
import { toVoteCard } from '../../../votes/card'
import { keepVotes, keptVotes } from '../../../votes/kept-lists'
import type { VoteTab } from '../../../votes/moves'
import { callVote, takeWantedVotes } from '../../../votes/moves'

const { meeting, vote } = messages

const tabs = (): { tab: VoteTab; name: string }[] => [
  { tab: 'open', name: vote.tabOpen },
  { tab: 'closed', name: vote.tabClosed },
  { tab: 'mine', name: vote.tabMine },
]

const EMPTY = { cards: [] as VoteCardView[], next: '', isLoaded: false, keptAt: '', failure: null }

Page({
  data: {
    ...EMPTY,
    t: vote,
    m: meeting,
    rootStyle: '',
    hasLogin: false,
    mayCall: false,
    tabs: [] as ReturnType<typeof tabs>,
    tab: 'open' as VoteTab,
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
    const wanted = takeWantedVotes()
    const { title: failureTitle } = messages.failure
    const look = {
      ...appearance(vote, vote.listTitle),
      m: meeting,
      tabs: tabs(),
      mayCall: mayCallVotes(),
      failureTitle,
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
    const { tab } = event.currentTarget.dataset as { tab: VoteTab }
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
    callVote()
  },

  async load() {
    const hasLogin = readSession() !== undefined
    this.patch(hasLogin ? { hasLogin } : { hasLogin, ...EMPTY })
    if (!hasLogin) return
    void this.askWhetherMayCall()
    const { tab } = this.data
    const turn = this.begin()
    if (!this.data.isLoaded) this.showKept(tab, '')
    try {
      const { data } = await request(api.votes, 'GET', { data: { tab } })
      if (readSession()) keepVotes(tab, data.items)
      if (turn === this.turn) this.show(data, [])
    } catch (cause) {
      if (turn !== this.turn) return
      const failure = toFailure(cause)
      this.patch({ failure: isWorthTelling(failure) ? failure : null })
      this.showKept(tab, meeting.keptAt)
    }
  },

  /** The user may have been let in, or made an organizer, since. Without an answer all stays. */
  async askWhetherMayCall() {
    try {
      keepMayCall(await loadMemberships())
      this.patch({ mayCall: readSession() !== undefined && mayCallVotes() })
    } catch {
      // The list says that there is no answer.
    }
  },

  async onMore() {
    const { tab, next, loadingMore, cards } = this.data
    if (!next || loadingMore) return
    const turn = this.begin()
    this.patch({ loadingMore: true })
    try {
      const { data } = await request(api.votes, 'GET', { data: { tab, cursor: next } })
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

  show({ items, next = '' }: VotesResult, before: VoteCardView[]) {
    const known = new Set(before.map(({ id }) => id))
    const cards = toCards(items).filter(({ id }) => !known.has(id))
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
  showKept(tab: VoteTab, text: string) {
    const kept = keptVotes(tab)
    if (!kept || !readSession()) return
    const keptAt = text && fillIn(text, { at: momentText(kept.at) })
    this.patch(this.data.isLoaded ? { keptAt } : { cards: toCards(kept.items), keptAt })
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})

const toCards = (items: VoteItem[]): VoteCardView[] => items.map((item) => toVoteCard(item))
