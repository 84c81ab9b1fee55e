import { loadOwnProfile, saveProfile, uploadPicture } from '../../../auth/profile'
import { messages } from '../../../i18n/index'
import { actionFor } from '../../../net/errno-actions'
import type { Failure } from '../../../net/failure'
import { describeFailure, toFailure } from '../../../net/failure'
import { appearance } from '../../../ui/appearance'
import { showToast } from '../../../ui/dialog'
import { leave } from '../../../ui/leave'
import { privacy } from '../../../ui/privacy'
import { localDate } from '../../../utils/time'
import { toEdit, toView } from './view'

const { profile } = messages
const CENTRE = '/pages/ucenter/index/index'

Page({
  data: {
    t: profile,
    genders: [] as string[],
    rootStyle: '',
    today: '',
    nickName: '',
    avatarUrl: '',
    gender: 0,
    birthday: '',
    isChecking: false,
    notice: '',
    hint: '',
    isLoaded: false,
    uploading: false,
    saving: false,
    failure: null as Failure | null,
    failureTitle: '',
    canRetry: true,
  },

  closed: false,
  /** Of the profile that is shown. */
  version: '',

  onLoad() {
    this.patch({ today: localDate(new Date().toISOString()) })
    return this.load()
  },

  onShow() {
    const genders = [profile.genderUnset, profile.male, profile.female]
    this.patch({ ...appearance(profile, profile.title), genders })
  },

  onUnload() {
    this.closed = true
  },

  onRetry() {
    return this.load()
  },

  onOnline() {
    if (!this.data.isLoaded) void this.load()
  },

  /** For ten seconds after a refusal WeChat does not ask for consent and opens nothing. */
  onPictureTap() {
    this.patch({ hint: privacy.isCoolingDown() ? profile.noConsent : '' })
  },

  /** WeChat gives a temporary file, which has to be sent at once. */
  async onPicture(event: WechatMiniprogram.CustomEvent<{ avatarUrl?: string }>) {
    const { avatarUrl } = event.detail
    if (!avatarUrl || this.data.uploading) return
    this.patch({ uploading: true, hint: '' })
    try {
      // What was typed meanwhile stays.
      const { avatarUrl: shown, version, isChecking } = this.show(await uploadPicture(avatarUrl))
      this.version = version
      this.patch({ avatarUrl: shown, isChecking, notice: '', failure: null })
      showToast(profile.pictureSaved)
    } catch (cause) {
      this.patch({ failure: toFailure(cause), failureTitle: profile.uploadFailed, canRetry: false })
    } finally {
      this.patch({ uploading: false })
    }
  },

  onGender(event: WechatMiniprogram.PickerChange) {
    this.patch({ gender: Number(event.detail.value) })
  },

  onBirthday(event: WechatMiniprogram.PickerChange) {
    this.patch({ birthday: String(event.detail.value) })
  },

  onClearBirthday() {
    this.patch({ birthday: '' })
  },

  /** The name is read on submit: WeChat checks it when the field loses focus and may clear it. */
  async onSubmit(event: WechatMiniprogram.FormSubmit) {
    const nickName = String(event.detail.value.nickName || '').trim()
    const { gender, birthday, saving } = this.data
    if (saving) return
    if (nickName === '') {
      showToast(profile.nicknameEmpty)
      return
    }
    this.patch({ saving: true, failure: null, nickName })
    try {
      await saveProfile(toEdit({ nickName, gender, birthday }, this.version))
      if (this.closed) return
      showToast(profile.saved)
      leave(CENTRE)
    } catch (cause) {
      const failure = toFailure(cause)
      if (actionFor(failure) === 'reload') await this.load()
      this.patch({ failure, failureTitle: profile.failed, canRetry: false })
    } finally {
      this.patch({ saving: false })
    }
  },

  async load() {
    try {
      const view = this.show(await loadOwnProfile())
      this.version = view.version
      this.patch(view)
    } catch (cause) {
      const failure = toFailure(cause)
      const canRetry = actionFor(failure) !== 'signOut'
      this.patch({ failure, failureTitle: messages.failure.title, canRetry })
      if (this.data.isLoaded) showToast(describeFailure(failure))
    }
  },

  show: toView,

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})
