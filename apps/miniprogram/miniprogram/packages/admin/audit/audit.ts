import type { AuditResult } from '@oa/contracts'
import { messages } from '../../../i18n/index'
import type { Failure } from '../../../net/failure'
import { toFailure } from '../../../net/failure'
import { appearance } from '../../../ui/appearance'
import { showFailure } from '../../../ui/dialog'
import { loadAudit } from '../calls'
import { AT_ONCE, toShown } from './view'

const { manage: texts, org } = messages
type Entry = AuditResult['items'][number]

Page({
  data: {
    t: texts,
    o: org,
    rootStyle: '',
    items: [] as ReturnType<typeof toShown>[],
    mayBeMore: false,
    isLoaded: false,
    failure: null as Failure | null,
    failureTitle: '',
  },

  closed: false,
  orgId: '',
  entries: [] as Entry[],

  onLoad({ orgId = '' }: { orgId?: string }) {
    this.orgId = orgId
    return this.load()
  },

  onShow() {
    const { title: failureTitle } = messages.failure
    this.patch({ ...appearance(texts, texts.audit), o: org, failureTitle })
    this.patch({ items: this.entries.map(toShown) })
  },

  onUnload() {
    this.closed = true
  },

  onRetry() {
    return this.load()
  },

  async load() {
    try {
      this.show(await loadAudit({ orgId: this.orgId }), [])
    } catch (cause) {
      this.patch({ failure: toFailure(cause) })
    }
  },

  async onMore() {
    const before = this.entries[this.entries.length - 1]?.at
    if (before === undefined) return
    try {
      this.show(await loadAudit({ orgId: this.orgId, before }), this.entries)
    } catch (cause) {
      showFailure(toFailure(cause))
    }
  },

  show(found: Entry[], before: Entry[]) {
    this.entries = [...before, ...found]
    const mayBeMore = found.length === AT_ONCE
    this.patch({ items: this.entries.map(toShown), mayBeMore, isLoaded: true, failure: null })
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})
