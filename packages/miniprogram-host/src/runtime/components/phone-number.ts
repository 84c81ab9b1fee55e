import type { PhoneFailure } from '../../host-services.ts'
import { isOlder } from '../versions.ts'
import type { Builtin, BuiltinRuntime } from './definition.ts'
import { dataOf } from './tree.ts'

/** `e.detail` of the getphonenumber event. */
type Detail = { errMsg: string; errno?: number; code?: string; encryptedData?: string; iv?: string }

/** The user's answer to the sheet; `number` when they typed another one. */
type Answer = boolean | { number: string }

const NO_QUOTA = 1_400_001
/** Older base libraries give no code, only encrypted data. */
const CODE_SINCE = '2.21.2'

/**
 * Shows the phone number sheet, unless consent is missing or the quota is used up.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/getPhoneNumber.html
 */
export const askForPhone = async (button: Builtin, runtime: BuiltinRuntime): Promise<Detail> => {
  const { ui, environment, privacy, system } = runtime
  const refused = await privacy.refusal('getPhoneNumber')
  if (refused) return { ...refused }
  try {
    const offer = await environment.call('platform.phoneOffer', null)
    if ('failure' in offer) return failed(offer, button, runtime)
    const content = { title: '申请获取并验证你的手机号', number: offer.number }
    const answer = await ui.ask<Answer>('phone', content)
    if (!answer) return { errMsg: 'getPhoneNumber:fail user deny' }
    const number = answer === true ? null : answer.number
    const given = await environment.call('platform.phoneNumber', { number })
    if ('failure' in given) return failed(given, button, runtime)
    const { code, ...encrypted } = given
    const isOld = isOlder(String(system.info().SDKVersion), CODE_SINCE)
    const detail: Detail = { errMsg: 'getPhoneNumber:ok', ...encrypted }
    if (!isOld) detail.code = code
    return detail
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { errMsg: `getPhoneNumber:fail ${reason}` }
  }
}

const TOAST_MILLISECONDS = 2000

const failed = (
  { failure, errno }: PhoneFailure,
  button: Builtin,
  { ui, environment }: BuiltinRuntime,
): Detail => {
  if (errno === NO_QUOTA && dataOf(button).phoneNumberNoQuotaToast !== false) {
    const toast = { title: '手机号验证次数已用完', icon: 'none', image: '', mask: false }
    ui.toast = toast
    ui.changed()
    environment.setTimeout(() => {
      if (ui.toast !== toast) return
      ui.toast = null
      ui.changed()
    }, TOAST_MILLISECONDS)
  }
  const detail: Detail = { errMsg: `getPhoneNumber:fail ${failure}` }
  if (errno !== undefined) detail.errno = errno
  return detail
}
