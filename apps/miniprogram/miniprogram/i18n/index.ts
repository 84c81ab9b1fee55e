import { en } from './en'
import type { Messages } from './zh-CN'
import { zhCN } from './zh-CN'

/** https://developers.weixin.qq.com/miniprogram/dev/api/base/system/wx.getAppBaseInfo.html */
const wechatLanguage = (): string => {
  try {
    return wx.getAppBaseInfo().language
  } catch {
    return 'zh_CN'
  }
}

/** Follows the language of WeChat. It cannot change while the mini-program runs. */
export const messages: Messages = /^zh/i.test(wechatLanguage()) ? zhCN : en

/** Puts values into the `{places}` of a message. */
export const fillIn = (message: string, values: Record<string, string | number>): string =>
  message.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place))
