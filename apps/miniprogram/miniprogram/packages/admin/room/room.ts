import type { Room } from '@oa/contracts'
import { messages } from '../../../i18n/index'
import { actionFor } from '../../../net/errno-actions'
import type { Failure } from '../../../net/failure'
import { toFailure } from '../../../net/failure'
import { appearance } from '../../../ui/appearance'
import { confirmDanger, showToast } from '../../../ui/dialog'
import { addRoom, changeRoom, loadRooms } from '../calls'
import { fieldsOf, MOST_PEOPLE, NEW_ROOM, NO_PICKERS, pickersOf } from './view'

const { manage: texts } = messages

type Picked = { opens: number; closes: number; longest: number }

Page({
  data: {
    t: texts,
    rootStyle: '',
    /** Null before it is loaded. */
    room: null as Omit<Room, 'id' | 'version'> | null,
    isNew: true,
    ...NO_PICKERS,
    needsApproval: false,
    mostPeople: MOST_PEOPLE,
    saving: false,
    failure: null as Failure | null,
    failureTitle: '',
  },

  closed: false,
  orgId: '',
  id: '',
  version: 0,

  onLoad({ orgId = '', id = '' }: { orgId?: string; id?: string }) {
    this.orgId = orgId
    this.id = id
    return this.load()
  },

  onShow() {
    this.patch(appearance(texts, this.id ? texts.room : texts.addRoom))
    const { room, opens, closes, longest } = this.data
    // What was chosen and not saved stays.
    if (room) this.patch({ ...pickersOf(room), opens, closes, longest })
  },

  onUnload() {
    this.closed = true
  },

  onRetry() {
    return this.load()
  },

  onPick(event: WechatMiniprogram.PickerChange) {
    // room.wxml sets it.
    const { field } = event.currentTarget.dataset as { field: keyof Picked }
    this.patch({ [field]: Number(event.detail.value) })
  },

  onApproval(event: WechatMiniprogram.SwitchChange) {
    this.patch({ needsApproval: event.detail.value })
  },

  async onSubmit(event: WechatMiniprogram.FormSubmit) {
    const { room, needsApproval, opens, closes, longest } = this.data
    if (!room) return
    const fields = fieldsOf(room, event.detail.value, { opens, closes, longest })
    if (typeof fields === 'string') {
      showToast(fields)
      return
    }
    const all = { ...fields, needsApproval }
    const isSaved = await this.save(() =>
      this.id
        ? changeRoom(this.id, { version: this.version, ...all })
        : addRoom({ orgId: this.orgId, ...all }),
    )
    if (isSaved) wx.navigateBack()
  },

  async onDisable() {
    if (!(await confirmDanger(texts.disableTitle, texts.disableText, texts.disableConfirm))) return
    await this.setDisabled(true)
  },

  onEnable() {
    return this.setDisabled(false)
  },

  async setDisabled(disabled: boolean) {
    const { id, version } = this
    if (await this.save(() => changeRoom(id, { version, disabled }))) await this.load()
  },

  /** Resolves to whether it was done. */
  async save(work: () => Promise<void>): Promise<boolean> {
    if (this.data.saving) return false
    this.patch({ saving: true, failure: null })
    try {
      await work()
      showToast(texts.saved)
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
    if (!this.id) {
      this.patch({ room: NEW_ROOM, ...pickersOf(NEW_ROOM) })
      return
    }
    try {
      const room = (await loadRooms(this.orgId)).find(({ id }) => id === this.id)
      if (!room) {
        wx.navigateBack()
        return
      }
      this.version = room.version
      const { needsApproval } = room
      this.patch({ room, isNew: false, ...pickersOf(room), needsApproval, failure: null })
    } catch (cause) {
      this.patch({ failure: toFailure(cause), failureTitle: messages.failure.title })
    }
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})
