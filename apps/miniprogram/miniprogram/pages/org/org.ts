import type { Member, Membership } from '@oa/contracts'
import { messages } from '../../i18n/index'
import type { Failure } from '../../net/failure'
import { toFailure } from '../../net/failure'
import { leaveOrg, loadMembers, loadMemberships } from '../../org/calls'
import { appearance } from '../../ui/appearance'
import { confirmDanger, showFailure, showToast } from '../../ui/dialog'
import { leave } from '../../ui/leave'
import { roleName, standingOf } from '../../ui/member'

const { org, manage } = messages
const CENTRE = '/pages/ucenter/index/index'
const ADMIN = '/packages/admin'

type Colleague = { id: string; name: string; avatarUrl: string; text: string; role: string }

const toColleague = ({ id, name, avatarUrl, title, department, role }: Member): Colleague => ({
  id,
  name,
  avatarUrl,
  text: [department?.name, title].filter(Boolean).join(' · '),
  role: role === 'member' ? '' : roleName(role),
})

Page({
  data: {
    t: org,
    rootStyle: '',
    mine: null as Membership | null,
    standing: '',
    isAdmin: false,
    canLeave: false,
    entries: [] as { title: string; page: string; url: string }[],
    q: '',
    people: [] as Colleague[],
    next: '',
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
    this.patch({ ...appearance(org, org.pageTitle), failureTitle })
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

  onEntry(event: WechatMiniprogram.TouchEvent) {
    // org.wxml sets it.
    const { url } = event.currentTarget.dataset as { url: string }
    wx.navigateTo({ url })
  },

  onSearch(event: WechatMiniprogram.Input) {
    this.patch({ q: event.detail.value.trim() })
    return this.load()
  },

  async onMore() {
    const { next, q, people } = this.data
    try {
      const page = await loadMembers({ orgId: this.orgId, q, cursor: next })
      this.patch({ people: [...people, ...page.items.map(toColleague)], next: page.next ?? '' })
    } catch (cause) {
      showFailure(toFailure(cause))
    }
  },

  async onLeave() {
    if (!(await confirmDanger(org.leaveTitle, org.leaveText, org.leaveConfirm))) return
    try {
      await leaveOrg(this.orgId)
      showToast(org.hasLeft)
      leave(CENTRE)
    } catch (cause) {
      showFailure(toFailure(cause))
    }
  },

  async load() {
    try {
      const mine = (await loadMemberships()).find(({ orgId }) => orgId === this.orgId)
      if (!mine) {
        showToast(org.gone)
        leave(CENTRE)
        return
      }
      const isActive = mine.state === 'active'
      const isAdmin = isActive && (mine.role === 'admin' || mine.role === 'owner')
      const entry = (title: string, page: string) => ({
        title,
        page,
        url: `${ADMIN}/${page}/${page}?orgId=${this.orgId}`,
      })
      this.patch({
        mine,
        standing: standingOf(mine),
        isAdmin,
        canLeave: isActive || mine.state === 'pending',
        entries: [
          entry(org.requests, 'requests'),
          entry(org.members, 'members'),
          entry(org.invitations, 'invitations'),
          entry(org.departments, 'departments'),
          entry(manage.meetings, 'meetings'),
          entry(manage.rooms, 'rooms'),
          entry(manage.policy, 'policy'),
          entry(manage.audit, 'audit'),
        ],
        failure: null,
        ...(isActive ? {} : { people: [] }),
      })
      if (isActive) await this.loadPeople()
    } catch (cause) {
      this.patch({ failure: toFailure(cause) })
    }
  },

  async loadPeople() {
    const { q } = this.data
    const { items, next } = await loadMembers({ orgId: this.orgId, ...(q ? { q } : {}) })
    this.patch({ people: items.map(toColleague), next: next ?? '' })
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})
