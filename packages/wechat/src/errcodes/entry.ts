import type { WeChatErrorReason } from '../errors.ts'

/** What is known about one errcode. */
export type ErrcodeEntry = {
  reason: WeChatErrorReason
  /** Who can mend it: the person, us (configuration or code), WeChat, or a quota that refills. */
  fault: 'person' | 'us' | 'wechat' | 'quota'
  /** Whether another attempt can succeed: never, at once, after a wait, or with something fresh. */
  retry: 'no' | 'once' | 'wait' | 'fresh'
  en: string
  zh: string
  /** What an operator does, when somebody has to do something. */
  operator?: { en: string; zh: string }
}

export type Errcodes = Readonly<Record<number, ErrcodeEntry>>

/** A mistake of ours that only an operator can mend. */
export const misconfigured = (
  en: string,
  zh: string,
  operator?: ErrcodeEntry['operator'],
): ErrcodeEntry => ({
  reason: 'misconfigured',
  fault: 'us',
  retry: 'no',
  en,
  zh,
  ...(operator && { operator }),
})
