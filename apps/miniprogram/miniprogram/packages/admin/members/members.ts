import type { AdminMember } from '@oa/contracts'
import { messages } from '../../../i18n/index'
import type { Failure } from '../../../net/failure'
import { toFailure } from '../../../net/failure'
import { appearance } from '../../../ui/appearance'
import { showFailure } from '../../../ui/dialog'
import { standingOf } from '../../../ui/member'
import { loadAllMembers } from '../calls'

const { org } = messages

type Shown = { id: string; name: string; text: string; standing: string }

const toShown = (member: AdminMember): Shown => ({
  id: member.id,
  name: member.name,
  text: [member.department?.name, member.title].filter(Boolean).join(' · '),
  standing: standingOf(member),
})

Page({
  data: {
    t: org,
    rootStyle: '',
    q: '',
    items: [] as Shown[],
    next: '',
    isLoaded: false,
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
    this.patch({ ...appearance(org, org.members), failureTitle })
    return this.load()
  },

  onUnload() {
    this.closed = true
  },

  onRetry() {
    return this.load()
  },

  onSearch(event: WechatMiniprogram.Input) {
    this.patch({ q: event.detail.value.trim() })
    return this.load()
  },

  onMember(event: WechatMiniprogram.TouchEvent) {
    // members.wxml sets it.
    const { id } = event.currentTarget.dataset as { id: string }
    wx.navigateTo({ url: `/packages/admin/member/member?orgId=${this.orgId}&id=${id}` })
  },

  async onMore() {
    const { next, items } = this.data
    try {
      const page = await this.read(next)
      this.patch({ items: [...items, ...page.items.map(toShown)], next: page.next ?? '' })
    } catch (cause) {
      showFailure(toFailure(cause))
    }
  },

  async load() {
    try {
      const { items, next } = await this.read('')
      this.patch({ items: items.map(toShown), next: next ?? '', isLoaded: true, failure: null })
    } catch (cause) {
      this.patch({ failure: toFailure(cause) })
    }
  },

  read(cursor: string) {
    const { q } = this.data
    return loadAllMembers({
      orgId: this.orgId,
      ...(q ? { q } : {}),
      ...(cursor ? { cursor } : {}),
    })
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})
