import type { Department, InvitationItem, MadeInvitationResult } from '@oa/contracts'
import { fillIn, messages } from '../../../i18n/index'
import type { Failure } from '../../../net/failure'
import { toFailure } from '../../../net/failure'
import { loadMemberships } from '../../../org/calls'
import { appearance } from '../../../ui/appearance'
import { confirmDanger, showFailure, showToast } from '../../../ui/dialog'
import { newRequestId } from '../../../utils/request-id'
import {
  drawCode,
  loadDepartments,
  loadInvitations,
  makeInvitation,
  revokeInvitation,
} from '../calls'
import type { Shown } from './view'
import { choices, DAYS, toShown, USES } from './view'

const { orgAdmin: texts, org } = messages

Page({
  data: {
    t: texts,
    o: org,
    rootStyle: '',
    needsApproval: true,
    departmentNames: [] as string[],
    department: 0,
    useNames: [] as string[],
    uses: 2,
    dayNames: [] as string[],
    days: 1,
    made: null as MadeInvitationResult | null,
    picture: '',
    making: false,
    drawing: false,
    items: [] as Shown[],
    failure: null as Failure | null,
    failureTitle: '',
  },

  closed: false,
  orgId: '',
  orgName: '',
  /** The same until the server has answered: a lost answer costs no second invitation. */
  requestId: '',
  departments: [] as Department[],
  given: [] as InvitationItem[],

  onLoad({ orgId = '' }: { orgId?: string }) {
    this.orgId = orgId
    this.requestId = newRequestId()
    return this.load()
  },

  onShow() {
    this.patch({ ...appearance(texts, org.invitations), o: org })
    this.showGiven()
  },

  onUnload() {
    this.closed = true
  },

  /** Without an invitation the menu of WeChat shares the home page. */
  onShareAppMessage() {
    const { made } = this.data
    return made
      ? {
          title: fillIn(texts.cardTitle, { org: this.orgName || messages.app.name }),
          path: `/${made.path}`,
        }
      : { title: messages.app.name, path: '/pages/index/index' }
  },

  onRetry() {
    return this.load()
  },

  onApproval(event: WechatMiniprogram.SwitchChange) {
    this.patch({ needsApproval: event.detail.value })
  },

  onDepartment(event: WechatMiniprogram.PickerChange) {
    this.patch({ department: Number(event.detail.value) })
  },

  onUses(event: WechatMiniprogram.PickerChange) {
    this.patch({ uses: Number(event.detail.value) })
  },

  onDays(event: WechatMiniprogram.PickerChange) {
    this.patch({ days: Number(event.detail.value) })
  },

  async onMake() {
    const { needsApproval, department, uses, days, making } = this.data
    if (making) return
    const departmentId = this.departments[department - 1]?.id
    this.patch({ making: true, failure: null })
    try {
      const made = await makeInvitation({
        orgId: this.orgId,
        requestId: this.requestId,
        needsApproval,
        maxUses: USES[uses] || 1,
        days: DAYS[days] || 1,
        ...(departmentId ? { departmentId } : {}),
      })
      // The card needs the name of the company.
      await this.load()
      this.patch({ made, picture: '' })
    } catch (cause) {
      this.patch({ failure: toFailure(cause), failureTitle: texts.notMade })
    } finally {
      this.patch({ making: false })
    }
  },

  onAnother() {
    this.requestId = newRequestId()
    this.patch({ made: null, picture: '' })
  },

  async onDraw() {
    const { made, drawing } = this.data
    if (!made || drawing) return
    this.patch({ drawing: true })
    try {
      this.patch({ picture: await drawCode(made.id, made.invitation) })
    } catch (cause) {
      // The card still works.
      showFailure(toFailure(cause))
    } finally {
      this.patch({ drawing: false })
    }
  },

  async onRevoke(event: WechatMiniprogram.TouchEvent) {
    // invitations.wxml sets it.
    const { id } = event.currentTarget.dataset as { id: string }
    if (!(await confirmDanger(texts.revokeTitle, texts.revokeText, texts.revokeConfirm))) return
    try {
      await revokeInvitation(id)
      showToast(texts.revoked)
      if (this.data.made?.id === id) this.onAnother()
    } catch (cause) {
      showFailure(toFailure(cause))
    }
    await this.load()
  },

  async load() {
    try {
      const [given, departments, mine] = await Promise.all([
        loadInvitations(this.orgId),
        loadDepartments(this.orgId),
        loadMemberships(),
      ])
      this.given = given
      this.departments = departments
      this.orgName = mine.find(({ orgId }) => orgId === this.orgId)?.orgName ?? ''
      this.patch({ failure: null })
      this.showGiven()
    } catch (cause) {
      this.patch({ failure: toFailure(cause), failureTitle: messages.failure.title })
    }
  },

  showGiven() {
    this.patch({ items: this.given.map(toShown), ...choices(this.departments) })
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})
