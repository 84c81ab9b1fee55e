import { fire } from './component-events.ts'
import type { Builtin, BuiltinRuntime } from './definition.ts'
import { askForPhone } from './phone-number.ts'
import { dataOf } from './tree.ts'

type OpenType = (button: Builtin, runtime: BuiltinRuntime) => Promise<void>

/** Gives consent with the same tap: `getPhoneNumber|agreePrivacyAuthorization`. */
const CONSENT = 'agreePrivacyAuthorization'

/** Performs a button's open-type, and fires the button's event with the result. */
export const openTypeTapped = (button: Builtin, runtime: BuiltinRuntime): void => {
  const text = String(dataOf(button).openType)
  const open = namesIn(text).map((name) => OPEN_TYPES[name])
  const inTurn = async () => {
    for (const next of open) await next?.(button, runtime)
  }
  if (open.includes(undefined)) {
    runtime.warn(`button open-type="${text}" is not supported and does nothing`)
    return
  }
  inTurn().catch((error: unknown) => runtime.errors.report(error))
}

/**
 * Only consent can be combined with another open-type. It is performed first, in either order.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/PrivacyAuthorize.html
 */
const namesIn = (openType: string): string[] => {
  const names = openType.split('|')
  const [other = '', ...more] = names.filter((name) => name !== CONSENT)
  if (names.length === 1) return names
  return more.length === 0 && WITH_CONSENT.has(other) ? [CONSENT, other] : [openType]
}

const WITH_CONSENT = new Set(['getPhoneNumber', 'getUserInfo', 'chooseAvatar'])

const OPEN_TYPES: Record<string, OpenType> = {
  async getPhoneNumber(button, runtime) {
    fire(button, 'getphonenumber', await askForPhone(button, runtime))
  },
  async chooseAvatar(button, { ui, environment, files, privacy }) {
    if (await privacy.refusal('chooseAvatar')) return
    const chosen = await ui.ask<boolean | { base64: string }>('avatar', { title: '选择头像' })
    if (!chosen) return
    const content =
      chosen === true ? await environment.call('platform.avatar', null) : chosen.base64
    // Since base library 2.24.4 there is no event for a rejected image.
    if (!(await environment.call('platform.checkAvatar', { image: content }))) return
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
  async contact(button, { ui }) {
    // WeChat opens the customer service conversation and fires the event when the user returns.
    await ui.ask('modal', {
      title: '客服会话',
      content: '在微信里，这里会打开与小程序客服的会话。',
      showCancel: false,
      confirmText: '返回',
    })
    fire(button, 'contact', { errMsg: 'enterContact:ok', path: '', query: {} })
  },
  async feedback() {},
}
