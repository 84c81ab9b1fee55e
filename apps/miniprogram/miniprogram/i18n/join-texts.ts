import { language } from './index'

/** A list as it is written in the language that is shown. */
export const joinTexts = (texts: readonly string[]): string =>
  texts.join(language() === 'zh-CN' ? '、' : ', ')
