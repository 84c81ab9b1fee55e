import type { PolicyResult, UpdatePolicyRequest } from '@oa/contracts'
import { messages } from '../../../i18n/index'
import { actionFor } from '../../../net/errno-actions'
import type { Failure } from '../../../net/failure'
import { toFailure } from '../../../net/failure'
import { appearance } from '../../../ui/appearance'
import { showToast } from '../../../ui/dialog'
import { changePolicy, loadPolicy } from '../calls'
import { lengthText, withPresent } from '../choices'

const { manage: texts } = messages
const APPROVALS: readonly PolicyResult['approval'][] = ['none', 'rooms', 'all']
const LATE: readonly number[] = [0, 5, 10, 15, 30, 60]
const CHECK_IN: readonly number[] = [0, 10, 15, 30, 60, 120]
const REMIND: readonly number[] = [5, 10, 15, 30, 60, 120, 1440]

const offered = ({ lateAfterMin, checkInOpensMin, remindMin }: PolicyResult) => ({
  late: withPresent(LATE, lateAfterMin),
  checkIn: withPresent(CHECK_IN, checkInOpensMin),
  remind: withPresent(REMIND, remindMin),
})

const namesFor = (policy: PolicyResult) => {
  const { late, checkIn, remind } = offered(policy)

  return {
    approvalNames: [texts.approvalNone, texts.approvalRooms, texts.approvalAll],
    lateNames: late.map(lengthText),
    checkInNames: checkIn.map(lengthText),
    remindNames: remind.map(lengthText),
  }
}

const chosenIn = (policy: PolicyResult) => {
  const { late, checkIn, remind } = offered(policy)

  return {
    approval: APPROVALS.indexOf(policy.approval),
    memberMayConvene: policy.memberMayConvene,
    late: late.indexOf(policy.lateAfterMin),
    checkIn: checkIn.indexOf(policy.checkInOpensMin),
    remind: remind.indexOf(policy.remindMin),
  }
}

type Field = 'approval' | 'late' | 'checkIn' | 'remind'

Page({
  data: {
    t: texts,
    rootStyle: '',
    isLoaded: false,
    approvalNames: [] as string[],
    lateNames: [] as string[],
    checkInNames: [] as string[],
    remindNames: [] as string[],
    approval: 0,
    memberMayConvene: true,
    late: 0,
    checkIn: 0,
    remind: 0,
    saving: false,
    failure: null as Failure | null,
    failureTitle: '',
  },

  closed: false,
  orgId: '',
  policy: null as PolicyResult | null,

  onLoad({ orgId = '' }: { orgId?: string }) {
    this.orgId = orgId
    return this.load()
  },

  onShow() {
    this.patch(appearance(texts, texts.policy))
    if (this.policy) this.patch(namesFor(this.policy))
  },

  onUnload() {
    this.closed = true
  },

  onRetry() {
    return this.load()
  },

  onPick(event: WechatMiniprogram.PickerChange) {
    // policy.wxml sets it.
    const { field } = event.currentTarget.dataset as { field: Field }
    this.patch({ [field]: Number(event.detail.value) })
  },

  onConvene(event: WechatMiniprogram.SwitchChange) {
    this.patch({ memberMayConvene: event.detail.value })
  },

  async onSave() {
    const { policy } = this
    if (!policy || this.data.saving) return
    const { approval, memberMayConvene, late, checkIn, remind } = this.data
    const values = offered(policy)
    const asked: UpdatePolicyRequest = {
      orgId: this.orgId,
      version: policy.version,
      approval: APPROVALS[approval] ?? policy.approval,
      memberMayConvene,
      lateAfterMin: values.late[late] ?? policy.lateAfterMin,
      checkInOpensMin: values.checkIn[checkIn] ?? policy.checkInOpensMin,
      remindMin: values.remind[remind] ?? policy.remindMin,
    }
    this.patch({ saving: true, failure: null })
    try {
      this.show(await changePolicy(asked))
      showToast(texts.saved)
    } catch (cause) {
      const failure = toFailure(cause)
      if (actionFor(failure) === 'reload') await this.load()
      this.patch({ failure, failureTitle: texts.notSaved })
    } finally {
      this.patch({ saving: false })
    }
  },

  async load() {
    try {
      this.show(await loadPolicy(this.orgId))
      this.patch({ failure: null })
    } catch (cause) {
      this.patch({ failure: toFailure(cause), failureTitle: messages.failure.title })
    }
  },

  show(policy: PolicyResult) {
    this.policy = policy
    this.patch({ isLoaded: true, ...namesFor(policy), ...chosenIn(policy) })
  },

  patch(data: Partial<WechatMiniprogram.IAnyObject>) {
    if (!this.closed) this.setData(data)
  },
})
