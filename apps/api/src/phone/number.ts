import type { WeChatPhone } from '../infra/wechat/types.ts'

const HOME_COUNTRY = '86'
const LONG = 10

/** How a number is kept: one spelling for each, from which country and number can be told again. */
export const writePhone = ({ countryCode, number }: WeChatPhone) => `${countryCode}-${number}`

/**
 * A bound number as it is shown, by WeChat's rule: of ten digits and more the first three and
 * the last two, of fewer the first and last two; numbers from abroad with their country.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/security.html
 */
export const maskPhone = (kept: string): string => {
  const [countryCode = '', number = ''] = kept.split('-', 2)
  const shown = number.length >= LONG ? 3 : 2
  const hidden = Math.max(number.length - shown - 2, 0)
  const masked =
    hidden === 0
      ? '*'.repeat(number.length)
      : number.slice(0, shown) + '*'.repeat(hidden) + number.slice(-2)
  return countryCode === HOME_COUNTRY ? masked : `+${countryCode} ${masked}`
}
