import { api } from '../../../config/api'
import { messages } from '../../../i18n/index'
import { ERRNO } from '../../../net/errno'
import type { Failure } from '../../../net/failure'
import { toFailure } from '../../../net/failure'
import { request } from '../../../net/request'
import { appearance } from '../../../ui/appearance'
import { confirm, showToast, tell } from '../../../ui/dialog'
import { reveal } from '../../../ui/reveal'
import type { Moment, Named } from '../edit/form'
import type { ChoiceName } from './choices'
import { picked } from './choices'
import type { VoteForm } from './form'
import { MOST_OPTIONS, newVoteForm, soon, toVoteFields, voteProblems } from './form'
import type { Opened } from './load'
import { openVoteForm } from './load'
import type { Place } from './saver'
import { createVoteSaver } from './saver'
import type { Errors } from './view'
import { BEFORE, placeOf, toErrors, toOptionFields, toPage, toView } from './view'

const { vote, voteEdit } = messages

/** A vote is drafted, and opened. */
Page({
  data: {
    ...BEFORE,
    t: voteEdit,
    v: vote,
    m: messages.meeting,
    e: messages.meetingEdit,
    rootStyle: '',
    errors: {} as Errors,
    failure: null as Failure | null,
    failureTitle: '',
  },

  closed: false,
  id: '',
  place: { orgId: '', meetingId: '' } as Place,
  companies: [] as Opened['companies'],
  form: newVoteForm(false),
  saver: createVoteSaver(),
  /** Makes keys of options new, so that WeChat keeps no text of another one. */
  round: 0,
  /** What failed. */
  failed: undefined as 'save' | 'open' | undefined,

  onLoad({ id = '', orgId = '', meetingId = '' }: Record<string, string | undefined>) {
    this.id = id
    this.place = { orgId: decodeURIComponent(orgId), meetingId: decodeURIComponent(meetingId) }
    return this.load()
  },

  onShow() {
    const { meeting: m, meetingEdit: e, failure } = messages
    const title = this.id ? voteEdit.editTitle : voteEdit.newTitle
    const look = { ...appearance(voteEdit, title), v: vote, m, e, failureTitle: failure.title }
    const shown = this.data.isReady
      ? { ...this.view(), ...toOptionFields(this.form, this.round), errors: {}, status: '' }
      : {}
    this.patch({ ...look, ...shown })
  },

  onUnload() {
    this.closed = true
  },

  onRetry() {
    if (!this.data.isReady) return this.load()
    return this.failed === 'open' ? this.open() : this.onSave()
  },

  async load() {
    try {
      const opened = await openVoteForm(this.id, this.place)
      if (!opened) {
        this.patch({ isMissing: true, failure: null })
        return
      }
      this.place = opened.place
      this.companies = opened.companies
      this.form = opened.form
      this.saver = createVoteSaver(opened.saved)
      this.round += 1
      this.patch({ ...toPage(opened, this.round), failure: null })
    } catch (cause) {
      const failure = toFailure(cause)
      const isMissing = failure.errno === ERRNO.NOT_FOUND || failure.errno === ERRNO.FORBIDDEN
      this.patch(isMissing ? { isMissing, failure: null } : { failure })
    }
  },

  view() {
    return toView(this.form, this.place.meetingId !== '')
  },

  onCompany({ detail }: WechatMiniprogram.PickerChange) {
    const index = Number(detail.value)
    const chosen = this.companies[index]
    if (!chosen || this.saver.saved()) return
    this.place = { ...this.place, orgId: chosen.orgId }
    // They belong to the other company.
    this.changed({ members: [] })
    this.patch({ company: index })
  },

  onText({ currentTarget, detail }: WechatMiniprogram.Input) {
    const { field } = currentTarget.dataset as { field: 'title' | 'detail' }
    this.changed({ [field]: detail.value })
  },

  onChoice({ currentTarget, detail }: WechatMiniprogram.PickerChange) {
    const { name } = currentTarget.dataset as { name: ChoiceName }
    this.changed(picked(name, Number(detail.value), this.form, this.place.meetingId !== ''))
  },

  onSwitch({ currentTarget, detail }: WechatMiniprogram.SwitchChange) {
    const { name } = currentTarget.dataset as { name: 'abstain' | 'changeable' | 'live' }
    this.changed({ [name]: detail.value })
  },

  onOption({ currentTarget, detail }: WechatMiniprogram.Input) {
    const { index } = currentTarget.dataset as { index: number }
    const options = [...this.form.options]
    options[index] = detail.value
    this.changed({ options })
  },

  onAddOption() {
    if (this.form.options.length >= MOST_OPTIONS) return
    this.setOptions([...this.form.options, ''])
  },

  onRemoveOption({ currentTarget }: WechatMiniprogram.TouchEvent) {
    const { index } = currentTarget.dataset as { index: number }
    this.setOptions(this.form.options.filter((_: string, at: number) => at !== index))
  },

  setOptions(options: string[]) {
    const { length } = options
    const { min, max } = this.form
    this.round += 1
    this.changed({ options, min: Math.min(min, length), max: Math.min(max, length) })
    this.patch(toOptionFields(this.form, this.round))
  },

  onElectors() {
    const chosen = this.form.members
    wx.navigateTo({
      url: `/packages/meeting/pick/pick?kind=electors&orgId=${encodeURIComponent(this.place.orgId)}`,
      events: { picked: (members: Named[]) => this.changed({ members }) },
      success: ({ eventChannel }) => eventChannel.emit('chosen', chosen),
    })
  },

  onTimed({ detail }: WechatMiniprogram.SwitchChange) {
    this.changed({ closes: detail.value ? soon() : null })
  },

  onCloses({ currentTarget, detail }: WechatMiniprogram.PickerChange) {
    const { part } = currentTarget.dataset as { part: keyof Moment }
    const { closes } = this.form
    if (closes) this.changed({ closes: { ...closes, [part]: String(detail.value) } })
  },

  changed(change: Partial<VoteForm>) {
    this.form = { ...this.form, ...change }
    this.patch({ ...this.view(), errors: {}, status: '' })
  },

  async onSave() {
    if (this.data.busy || !this.isSound()) return
    await this.run('save', async () => {
      await this.save()
      this.patch({ status: voteEdit.saved })
      showToast(voteEdit.saved)
    })
  },

  async onOpen() {
    if (this.data.busy || !this.isSound()) return
    if (await confirm(vote.startTitle, vote.startText)) await this.open()
  },

  async open() {
    await this.run('open', async () => {
      const { id, version } = await this.save()
      this.patch({ status: voteEdit.saved })
      await request(api.openVote, 'POST', { params: { id }, data: { version } })
      showToast(vote.startDone)
      this.leave(id)
    })
  },

  save() {
    return this.saver.save(toVoteFields(this.form), this.place)
  },

  async run(what: 'save' | 'open', work: () => Promise<void>) {
    if (this.data.busy) return
    this.patch({ busy: what, errors: {}, failure: null })
    try {
      await work()
      this.failed = undefined
    } catch (cause) {
      this.failed = what
      await this.showFailed(toFailure(cause))
    } finally {
      this.patch({ busy: '' })
    }
  },

  async showFailed(failure: Failure) {
    if (failure.errno === ERRNO.STALE) {
      await tell(voteEdit.staleTitle, voteEdit.staleText)
      this.id = this.saver.saved()?.id ?? this.id
      await this.load()
      return
    }
    const errors = placeOf(failure)
    this.patch(errors ? { errors } : { failure, failureTitle: voteEdit.failed })
  },

  isSound(): boolean {
    const errors = toErrors(voteProblems(this.form))
    this.patch({ errors })
    const isSound = Object.keys(errors).length === 0
    if (!isSound) reveal('.error')

    return isSound
  },

  /** To the vote's page, from which the user may have come. */
  leave(id: string) {
    if (this.id) wx.navigateBack()
    else wx.redirectTo({ url: `/pages/vote/detail/detail?id=${encodeURIComponent(id)}` })
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})
