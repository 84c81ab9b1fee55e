import type { Department } from '@oa/contracts'
import { fillIn, messages } from '../../../i18n/index'
import type { Failure } from '../../../net/failure'
import { toFailure } from '../../../net/failure'
import { appearance } from '../../../ui/appearance'
import { askText, confirmDanger, showFailure } from '../../../ui/dialog'
import { addDepartment, loadDepartments, removeDepartment, renameDepartment } from '../calls'

const { orgAdmin: texts, org } = messages

type Shown = { id: string; name: string; people: string }

const toShown = ({ id, name, people }: Department): Shown => ({
  id,
  name,
  people: fillIn(texts.departmentPeople, { count: people }),
})

Page({
  data: {
    t: texts,
    rootStyle: '',
    items: [] as Shown[],
    draft: '',
    isLoaded: false,
    failure: null as Failure | null,
    failureTitle: '',
  },

  closed: false,
  orgId: '',
  departments: [] as Department[],

  onLoad({ orgId = '' }: { orgId?: string }) {
    this.orgId = orgId
    return this.load()
  },

  onShow() {
    const { title: failureTitle } = messages.failure
    this.patch({ ...appearance(texts, org.departments), failureTitle })
    this.showDepartments()
  },

  onUnload() {
    this.closed = true
  },

  onRetry() {
    return this.load()
  },

  async onAdd(event: WechatMiniprogram.FormSubmit) {
    const name = String(event.detail.value.name || '').trim()
    if (name === '') return
    // What was typed stays when the server cannot be reached.
    this.patch({ draft: name })
    if (await this.act(() => addDepartment(this.orgId, name))) this.patch({ draft: '' })
  },

  async onRename(event: WechatMiniprogram.TouchEvent) {
    // departments.wxml sets it.
    const { id } = event.currentTarget.dataset as { id: string }
    const found = this.departments.find((department: Department) => department.id === id)
    if (!found) return
    const name = await askText(texts.rename, texts.departmentName, found.name)
    if (name && name !== found.name) await this.act(() => renameDepartment(id, found.version, name))
  },

  async onRemove(event: WechatMiniprogram.TouchEvent) {
    // departments.wxml sets both.
    const { id, name } = event.currentTarget.dataset as { id: string; name: string }
    const text = fillIn(texts.removeDepartmentText, { name })
    if (!(await confirmDanger(texts.removeDepartmentTitle, text, texts.removeDepartmentConfirm)))
      return
    await this.act(() => removeDepartment(id))
  },

  /** Resolves to whether it was done; the list is read anew in any case. */
  async act(work: () => Promise<void>): Promise<boolean> {
    let isDone = true
    try {
      await work()
    } catch (cause) {
      isDone = false
      showFailure(toFailure(cause))
    }
    await this.load()
    return isDone
  },

  async load() {
    try {
      this.departments = await loadDepartments(this.orgId)
      this.patch({ isLoaded: true, failure: null })
      this.showDepartments()
    } catch (cause) {
      this.patch({ failure: toFailure(cause) })
    }
  },

  showDepartments() {
    this.patch({ items: this.departments.map(toShown) })
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})
