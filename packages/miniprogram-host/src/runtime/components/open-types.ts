import type { Runtime } from '../runtime.ts'
import { fire } from './component-events.ts'
import type { Builtin } from './definition.ts'
import { dataOf } from './tree.ts'

type OpenType = (button: Builtin, runtime: Runtime) => Promise<void>

/** Opens what a button's open-type stands for, and sends the button's event when it is answered. */
export const openTypeTapped = (button: Builtin, runtime: Runtime): void => {
  const name = String(dataOf(button).openType)
  const open = OPEN_TYPES[name]
  if (!open) throw new Error(`button open-type="${name}" is not supported by miniprogram-host`)
  open(button, runtime).catch((error: unknown) => runtime.errors.report(error))
}

const DENIED = 'fail user deny'

const OPEN_TYPES: Record<string, OpenType> = {
  async getPhoneNumber(button, { ui, environment, privacy }) {
    const refused = await privacy.refusal('getPhoneNumber')
    if (refused) return fire(button, 'getphonenumber', { ...refused })
    const allowed = await ui.ask<boolean>('phone', { title: '申请获取并验证你的手机号' })
    if (!allowed) return fire(button, 'getphonenumber', { errMsg: `getPhoneNumber:${DENIED}` })
    const outcome = await environment
      .call('platform.phoneNumber', null)
      .then((result) => ({ errMsg: 'getPhoneNumber:ok', ...result }))
      .catch((error: unknown) => ({ errMsg: `getPhoneNumber:fail ${messageOf(error)}` }))
    fire(button, 'getphonenumber', outcome)
  },
  async chooseAvatar(button, { ui, environment, files, privacy }) {
    if (await privacy.refusal('chooseAvatar')) return
    const chosen = await ui.ask<boolean | { base64: string }>('avatar', { title: '选择头像' })
    if (!chosen) return
    const content =
      chosen === true ? await environment.call('platform.avatar', null) : chosen.base64
    fire(button, 'chooseavatar', { avatarUrl: files.addTemporary(content, 'jpg') })
  },
  async getUserInfo(button) {
    fire(button, 'getuserinfo', {
      errMsg: 'getUserInfo:ok',
      userInfo: {
        nickName: '微信用户',
        avatarUrl: '',
        gender: 0,
        language: '',
        city: '',
        province: '',
        country: '',
      },
      rawData: '',
      signature: '',
      encryptedData: '',
      iv: '',
    })
  },
  async agreePrivacyAuthorization(button, { privacy }) {
    privacy.agreeTapped(button.id)
    fire(button, 'agreeprivacyauthorization', { errMsg: 'agreePrivacyAuthorization:ok' })
  },
  async openSetting(button, { system }) {
    fire(button, 'opensetting', { errMsg: 'openSetting:ok', authSetting: system.authSetting })
  },
  async share(button, runtime) {
    const page = runtime.router.top()
    const share = page?.instance.onShareAppMessage
    if (typeof share === 'function')
      share.call(page?.instance, {
        from: 'button',
        target: { id: button.id, dataset: button.dataset },
      })
  },
  async contact() {},
  async feedback() {},
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)
