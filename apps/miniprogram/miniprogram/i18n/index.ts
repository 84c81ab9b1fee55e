import { read, remove, write } from '../utils/storage'
import { en } from './en'
import type { Messages } from './zh-CN'
import { zhCN } from './zh-CN'

export type Language = 'zh-CN' | 'en'

/** Each under its own name, as users look for it whatever language they see. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  'zh-CN': '简体中文',
  en: 'English',
}

const CATALOGUES: Readonly<Record<Language, Messages>> = { 'zh-CN': zhCN, en }
const KEY = 'language'

/**
 * The texts in the language that is shown. Its groups stay the same objects when the user chooses
 * another language, so that they can be kept; a text has to be read when it is shown.
 */
export const messages: Messages = copyOf(zhCN)

/** What the user chose on this phone; `undefined` follows WeChat. */
export const chosenLanguage = (): Language | undefined => {
  const stored = read(KEY)

  return stored === 'zh-CN' || stored === 'en' ? stored : undefined
}

/** The language that is shown. */
export const language = (): Language =>
  chosenLanguage() ?? (/^zh/i.test(wechatLanguage()) ? 'zh-CN' : 'en')

/** Shows `chosen` from now on; `undefined` follows WeChat. */
export const chooseLanguage = (chosen: Language | undefined): void => {
  if (chosen) write(KEY, chosen)
  else remove(KEY)
  fill()
}

/** Replaces the `{placeholders}` of a message by values. */
export const fillIn = (message: string, values: Record<string, string | number>): string =>
  message.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder))

/** https://developers.weixin.qq.com/miniprogram/dev/api/base/system/wx.getAppBaseInfo.html */
function wechatLanguage(): string {
  try {
    return wx.getAppBaseInfo().language
  } catch {
    return 'zh_CN'
  }
}

function copyOf(catalogue: Messages): Messages {
  const copy: Record<string, object> = {}
  for (const [group, texts] of Object.entries(catalogue)) copy[group] = { ...texts }

  // It has the shape of what it was copied from, group by group.
  return copy as Messages
}

function fill(): void {
  const groups: Record<string, object> = messages
  for (const [group, texts] of Object.entries(CATALOGUES[language()])) {
    Object.assign(groups[group] ?? {}, texts)
  }
}

fill()
