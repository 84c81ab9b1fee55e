import type { VoteResult } from '@oa/contracts'
import { api } from '../../../config/api'
import { messages } from '../../../i18n/index'
import type { Failure } from '../../../net/failure'
import { toFailure } from '../../../net/failure'
import { request } from '../../../net/request'
import { appearance } from '../../../ui/appearance'
import { whilePulledDown } from '../../../ui/pull-down'
import type { RecordTab, Row } from './view'
import { ballotRow, electorRow, tabsOf } from './view'

const { vote } = messages
const EMPTY = { rows: [] as Row[], next: '', isLoaded: false }

/** Who could vote and did, and what was chosen, as far as the caller may know it. */
Page({
  data: {
    ...EMPTY,
    t: vote,
    m: messages.meeting,
    rootStyle: '',
    tabs: [] as ReturnType<typeof tabsOf>,
    tab: 'electors' as RecordTab,
    failure: null as Failure | null,
    failureTitle: '',
  },

  closed: false,
  id: '',
  vote: undefined as VoteResult | undefined,
  turn: 0,

  onLoad({ id = '' }: Record<string, string | undefined>) {
    this.id = decodeURIComponent(id)
  },

  onShow() {
    const { title: failureTitle } = messages.failure
    this.patch({ ...appearance(vote, vote.record), m: messages.meeting, failureTitle })
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

  onRetry() {
    return this.load()
  },

  onTab({ currentTarget }: WechatMiniprogram.TouchEvent) {
    // vote-record.wxml sets it.
    const { tab } = currentTarget.dataset as { tab: RecordTab }
    if (tab === this.data.tab) return undefined
    this.patch({ ...EMPTY, tab })

    return this.load()
  },

  onMore() {
    const { next, rows } = this.data

    return next ? this.loadPage(next, rows) : undefined
  },

  async load() {
    try {
      const { data } = await request(api.vote, 'GET', { params: { id: this.id } })
      this.vote = data
      const tabs = tabsOf(data)
      const isThere = tabs.some(({ tab }) => tab === this.data.tab)
      const tab = isThere ? this.data.tab : (tabs[0]?.tab ?? 'electors')
      this.patch({ tabs: tabs.length > 1 ? tabs : [], tab })
      if (tabs.length > 0) await this.loadPage(undefined, [])
      else this.patch({ ...EMPTY, isLoaded: true, failure: null })
    } catch (cause) {
      this.patch({ failure: toFailure(cause) })
    }
  },

  /** A slow answer about another list is not shown any more. */
  async loadPage(cursor: string | undefined, before: Row[]) {
    this.turn += 1
    const { turn } = this
    try {
      const page = await this.read(cursor, before.length)
      if (turn !== this.turn) return
      const { rows, next } = page
      this.patch({ rows: [...before, ...rows], next, isLoaded: true, failure: null })
    } catch (cause) {
      if (turn === this.turn) this.patch({ failure: toFailure(cause) })
    }
  },

  async read(cursor: string | undefined, known: number): Promise<{ rows: Row[]; next: string }> {
    const params = { id: this.id }
    const query = cursor === undefined ? {} : { cursor }
    if (this.data.tab === 'electors') {
      const { data } = await request(api.voteElectors, 'GET', { params, data: query })
      return { rows: data.items.map(electorRow), next: data.next ?? '' }
    }
    const { data } = await request(api.ballots, 'GET', { params, data: query })
    const about = { details: this.vote?.details ?? null }
    const rows = data.items.map((item, index) => ballotRow(item, about, known + index + 1))

    return { rows, next: data.next ?? '' }
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})
