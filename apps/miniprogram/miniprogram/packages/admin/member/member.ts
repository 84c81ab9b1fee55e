import type { AdminMember, Department, MemberRole, UpdateMemberRequest } from '@oa/contracts'
import { messages } from '../../../i18n/index'
import { actionFor } from '../../../net/errno-actions'
import type { Failure } from '../../../net/failure'
import { toFailure } from '../../../net/failure'
import { loadMemberships } from '../../../org/calls'
import { appearance } from '../../../ui/appearance'
import { askText, confirmDanger, showToast } from '../../../ui/dialog'
import { leave } from '../../../ui/leave'
import { roleName, standingOf } from '../../../ui/member'
import { changeMember, loadDepartments, loadMember } from '../calls'

const { orgAdmin: texts, org } = messages
const CENTRE = '/pages/ucenter/index/index'
const ROLES: readonly MemberRole[] = ['member', 'organizer', 'admin', 'owner']

Page({
  data: {
    t: texts,
    o: org,
    rootStyle: '',
    member: null as AdminMember | null,
    standing: '',
    departmentNames: [] as string[],
    department: 0,
    roleNames: [] as string[],
    role: 0,
    mayChangeRole: false,
    saving: false,
    failure: null as Failure | null,
    failureTitle: '',
  },

  closed: false,
  orgId: '',
  id: '',
  departments: [] as Department[],

  onLoad({ orgId = '', id = '' }: { orgId?: string; id?: string }) {
    this.orgId = orgId
    this.id = id
    return this.load()
  },

  onShow() {
    this.patch({ ...appearance(texts, texts.memberTitle), o: org })
    this.showNames()
  },

  onUnload() {
    this.closed = true
  },

  onRetry() {
    return this.load()
  },

  onDepartment(event: WechatMiniprogram.PickerChange) {
    this.patch({ department: Number(event.detail.value) })
  },

  onRole(event: WechatMiniprogram.PickerChange) {
    this.patch({ role: Number(event.detail.value) })
  },

  async onSubmit(event: WechatMiniprogram.FormSubmit) {
    const { member, department, role, mayChangeRole } = this.data
    const name = String(event.detail.value.name || '').trim()
    if (!member || name === '') {
      showToast(texts.nameEmpty)
      return
    }
    await this.change({
      version: member.version,
      name,
      title: String(event.detail.value.title || '').trim(),
      departmentId: this.departments[department - 1]?.id ?? null,
      ...(mayChangeRole ? { role: ROLES[role] || member.role } : {}),
    })
  },

  async onSuspend() {
    const reason = await askText(texts.suspendTitle, texts.reasonHint)
    if (reason !== null) await this.setState('suspended', reason)
  },

  onResume() {
    return this.setState('active', '')
  },

  async onRemove() {
    if (!(await confirmDanger(texts.removeTitle, texts.removeText, texts.removeConfirm))) return
    if (await this.setState('left', '')) leave(CENTRE)
  },

  setState(state: 'active' | 'suspended' | 'left', reason: string): Promise<boolean> {
    const version = this.data.member?.version ?? 1
    return this.change({ version, state, ...(reason ? { reason } : {}) })
  },

  /** Resolves to whether the member is now as asked. */
  async change(edit: UpdateMemberRequest): Promise<boolean> {
    if (this.data.saving) return false
    this.patch({ saving: true, failure: null })
    try {
      await changeMember(this.id, edit)
      showToast(texts.saved)
      if (edit.state !== 'left') await this.load()
      return true
    } catch (cause) {
      const failure = toFailure(cause)
      if (actionFor(failure) === 'reload') await this.load()
      this.patch({ failure, failureTitle: texts.notSaved })
      return false
    } finally {
      this.patch({ saving: false })
    }
  },

  async load() {
    try {
      const [member, departments, mine] = await Promise.all([
        loadMember(this.id),
        loadDepartments(this.orgId),
        loadMemberships(),
      ])
      this.departments = departments
      const me = mine.find(({ orgId }) => orgId === this.orgId)
      this.patch({
        member,
        department: departments.findIndex(({ id }) => id === member.department?.id) + 1,
        role: ROLES.indexOf(member.role),
        mayChangeRole: me?.role === 'owner',
        failure: null,
      })
      this.showNames()
    } catch (cause) {
      this.patch({ failure: toFailure(cause), failureTitle: messages.failure.title })
    }
  },

  /** What was chosen and not saved stays. */
  showNames() {
    const { member } = this.data
    this.patch({
      standing: member ? standingOf(member) : '',
      departmentNames: [
        texts.noDepartment,
        ...this.departments.map(({ name }: Department) => name),
      ],
      roleNames: ROLES.map(roleName),
    })
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})
