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

/** In the language of WeChat, which cannot change while the mini-program runs. */
export const messages: Messages = /^zh/i.test(wechatLanguage()) ? zhCN : en

/** Replaces the `{placeholders}` of a message by values. */
export const fillIn = (message: string, values: Record<string, string | number>): string =>
  message.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder))
