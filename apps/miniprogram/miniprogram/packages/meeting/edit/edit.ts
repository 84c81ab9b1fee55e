import type { MeetingState, Membership } from '@oa/contracts'
import { readSession } from '../../../auth/session'
import { api } from '../../../config/api'
import { fillIn, messages } from '../../../i18n/index'
import { clockText } from '../../../meetings/when'
import { ERRNO } from '../../../net/errno'
import type { Failure } from '../../../net/failure'
import { toFailure } from '../../../net/failure'
import { mayBeDone } from '../../../net/outcome'
import { request } from '../../../net/request'
import { appearance } from '../../../ui/appearance'
import { showToast, tell } from '../../../ui/dialog'
import { reveal } from '../../../ui/reveal'
import type { MeetingPickKind } from '../pick/kinds'
import { chosenAs, chosenIn, confirmSubmit, roomUrl } from './ask'
import type { Form, Moment, Named, Problems } from './form'
import { draftProblems, moveEnd, moveStart, NOBODY, newForm, problemsOf, toFields } from './form'
import { meIn, openForm } from './load'
import type { Saver } from './saver'
import { createSaver } from './saver'
import type { Errors } from './view'
import { BEFORE, placeOf, toErrors, toPage, toView } from './view'

const { meetingEdit } = messages
const AUTOSAVE_MS = 1500

Page({
  data: {
    t: meetingEdit,
    m: messages.meeting,
    rootStyle: '',
    ...BEFORE,
    companies: [] as string[],
    errors: {} as Errors,
    failure: null as Failure | null,
    failureTitle: '',
  },

  closed: false,
  id: '',
  orgId: '',
  form: newForm(NOBODY),
  memberships: [] as Membership[],
  saver: createSaver() as Saver,
  timer: undefined as ReturnType<typeof setTimeout> | undefined,

  onLoad({ id = '' }: Record<string, string | undefined>) {
    this.id = id
    return this.load()
  },

  onShow() {
    const { meeting: m, failure } = messages
    const title = this.id ? meetingEdit.editTitle : meetingEdit.newTitle
    const look = { ...appearance(meetingEdit, title), m, failureTitle: failure.title }
    this.patch({ ...look, ...toView(this.form) })
  },

  onHide() {
    void this.saveDraft()
  },

  onUnload() {
    void this.saveDraft()
    this.closed = true
  },

  onRetry() {
    return this.data.isReady ? this.onSubmit() : this.load()
  },

  async load() {
    try {
      const opened = await openForm(this.id)
      if (!opened) {
        this.patch({ isMissing: true, failure: null })
        return
      }
      this.memberships = opened.memberships
      this.orgId = opened.orgId
      this.form = opened.form
      this.saver = createSaver(opened.saved)
      this.showForm(opened.state)
    } catch (cause) {
      const failure = toFailure(cause)
      const isMissing = failure.errno === ERRNO.NOT_FOUND || failure.errno === ERRNO.FORBIDDEN
      this.patch(isMissing ? { isMissing, failure: null } : { failure })
    }
  },

  showForm(state: MeetingState) {
    const { form, memberships, orgId } = this
    this.patch({ ...toPage({ form, memberships, orgId, state }, !this.id), failure: null })
  },

  /** Everybody who was chosen belongs to the other company. */
  onCompany({ detail }: WechatMiniprogram.PickerChange) {
    const chosen = this.memberships[Number(detail.value)]
    if (!chosen || this.saver.saved()) return
    this.orgId = chosen.orgId
    const { title, agenda, location, start, end } = this.form
    this.form = { ...newForm(meIn(chosen)), title, agenda, location, start, end }
    this.showForm('draft')
  },

  /** Kept out of `data`: WeChat would move the cursor. */
  onText({ currentTarget, detail }: WechatMiniprogram.Input) {
    const { field } = currentTarget.dataset as { field: 'title' | 'agenda' | 'location' }
    this.form = { ...this.form, [field]: detail.value }
    this.changed({})
  },

  onStart({ currentTarget, detail }: WechatMiniprogram.PickerChange) {
    const { part } = currentTarget.dataset as { part: keyof Moment }
    this.changed(moveStart(this.form, { [part]: String(detail.value) }))
  },

  onEnd({ currentTarget, detail }: WechatMiniprogram.PickerChange) {
    const { part } = currentTarget.dataset as { part: keyof Moment }
    this.changed(moveEnd(this.form, { [part]: String(detail.value) }))
  },

  onRoom() {
    const { time } = draftProblems(this.form)
    if (time) return this.showProblems({ time })
    const about = { orgId: this.orgId, id: this.saver.saved()?.id ?? '' }
    wx.navigateTo({
      url: roomUrl(this.form, about),
      events: { chosen: (room: Named | null) => this.changed({ room }) },
    })
  },

  onPeople({ currentTarget }: WechatMiniprogram.TouchEvent) {
    const { kind } = currentTarget.dataset as { kind: MeetingPickKind }
    const chosen = chosenIn(this.form, kind)
    wx.navigateTo({
      url: `/packages/meeting/pick/pick?kind=${kind}&orgId=${encodeURIComponent(this.orgId)}`,
      events: { picked: (people: Named[]) => this.pick(kind, people) },
      success: ({ eventChannel }) => eventChannel.emit('chosen', chosen),
    })
  },

  pick(kind: MeetingPickKind, people: Named[]) {
    this.changed(chosenAs(kind, people))
  },

  changed(change: Partial<Form>) {
    this.form = { ...this.form, ...change }
    this.patch({ ...toView(this.form), errors: {}, status: '' })
    this.stopTimer()
    this.timer = setTimeout(() => void this.saveDraft(), AUTOSAVE_MS)
  },

  stopTimer() {
    if (this.timer !== undefined) clearTimeout(this.timer)
    this.timer = undefined
  },

  /** As one goes; what cannot be kept yet, or not now, is kept by the next change. */
  async saveDraft() {
    if (this.timer === undefined) return
    this.stopTimer()
    const { isReady, isAnnounced, busy } = this.data
    if (!isReady || isAnnounced || busy || !readSession()) return
    if (Object.keys(draftProblems(this.form)).length > 0) {
      this.patch({ status: meetingEdit.notSaved })
      return
    }
    this.patch({ status: meetingEdit.saving })
    try {
      await this.save()
      // What was changed meanwhile is not kept yet.
      if (this.timer !== undefined) return
      const status = fillIn(meetingEdit.savedAt, { at: clockText(new Date().toISOString()) })
      this.patch({ status, mayChooseCompany: false, failure: null })
    } catch (cause) {
      const failure = toFailure(cause)
      this.patch({ status: meetingEdit.notSaved })
      // Without an answer, the next change sends it again.
      if (!mayBeDone(failure)) await this.showFailed(failure, 'save')
    }
  },

  save() {
    return this.saver.save(toFields(this.form), this.orgId)
  },

  async onSubmit() {
    if (this.data.busy) return
    const problems = problemsOf(this.form)
    if (Object.keys(problems).length > 0) {
      this.showProblems(problems)
      return
    }
    const known = this.data.isAnnounced ? this.saver.saved()?.fields : undefined
    if (!(await confirmSubmit(known, toFields(this.form)))) return
    this.stopTimer()
    this.patch({ busy: true, errors: {}, failure: null })
    let step: 'save' | 'submit' = 'save'
    try {
      const { id, version } = await this.save()
      if (this.data.isAnnounced) {
        const wasReset = this.saver.takeRepliesReset()
        showToast(wasReset ? meetingEdit.savedAndReset : meetingEdit.saved)
      } else {
        step = 'submit'
        await request(api.submitMeeting, 'POST', { params: { id }, data: { version } })
        showToast(messages.meeting.submitDone)
      }
      this.leave(id)
    } catch (cause) {
      await this.showFailed(toFailure(cause), step)
    } finally {
      this.patch({ busy: false })
    }
  },

  async showFailed(failure: Failure, step: 'save' | 'submit') {
    if (failure.errno === ERRNO.STALE || failure.errno === ERRNO.MEETING_STATE) {
      await this.showNewest()
      return
    }
    const errors = placeOf(failure, this.form, step)
    this.patch(errors ? { errors } : { failure, failureTitle: meetingEdit.failed })
  },

  /** Somebody else, or another phone, changed it meanwhile. */
  async showNewest() {
    await tell(meetingEdit.staleTitle, meetingEdit.staleText)
    this.id = this.saver.saved()?.id ?? this.id
    await this.load()
  },

  showProblems(problems: Problems) {
    this.patch({ errors: toErrors(problems) })
    reveal('.error')
  },

  /** To the meeting's page, from which the user may have come. */
  leave(id: string) {
    if (this.id) wx.navigateBack()
    else wx.redirectTo({ url: `/pages/meeting/detail/detail?id=${encodeURIComponent(id)}` })
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})
