import type { WeChatErrorReason } from '../errors.ts'

/** What is known about one errcode. */
export type ErrcodeEntry = {
  reason: WeChatErrorReason
  /**
   * Where the cause lies: with the user (`person`), with this server's configuration or code (`us`),
   * with WeChat, or in a quota that refills.
   */
  fault: 'person' | 'us' | 'wechat' | 'quota'
  /** Whether another attempt can succeed: never, at once, after a wait, or with a new code. */
  retry: 'no' | 'once' | 'wait' | 'fresh'
  en: string
  zh: string
  /** What an operator does about it; absent when there is nothing to do. */
  operator?: { en: string; zh: string }
}

export type Errcodes = Readonly<Record<number, ErrcodeEntry>>

/** A mistake in this server's configuration or code that only an operator can correct. */
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
