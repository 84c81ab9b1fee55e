import type { ErrnoFailure } from '@oa/contracts'
import { fillIn, language, messages } from '../i18n/index'
import { REASONS_EN } from '../i18n/reasons-en'
import { ERRNO } from './errno'
import { errnoTexts } from './errno-texts'

/**
 * The only value that a promise of this client is rejected with. A plain object, because DevTools
 * compiles classes to ES5, where `instanceof` cannot be relied on.
 */
export type Failure = {
  errno: ErrnoFailure
  /** For the user to read; never parsed. */
  errmsg: string
  /** Which of the reasons of this errno it is; the server names it where there are several. */
  reason?: string
  /** By which support finds the request in the log; absent when no response of our API arrived. */
  requestId?: string
  /** Seconds to wait after HTTP 429 or 503; 0 when the server did not say how long. */
  retryAfter?: number
}

/** A failure that the client found itself, without a usable response. */
export const localFailure = (errmsg: string): Failure => ({ errno: ERRNO.FAIL, errmsg })

/** Anything thrown, as a failure: after a bug too, the user sees a text. */
export const toFailure = (cause: unknown): Failure =>
  isFailure(cause) ? cause : localFailure(messages.errors.unknown)

/** Of these the server alone knows which of several reasons it is. */
const TOLD_BY_SERVER = new Set<number>([ERRNO.BAD_VALUE, ERRNO.NOT_NOW])

/** The text to show: that of the catalogue, or `errmsg` where the catalogue has none or says less. */
export const describeFailure = (failure: Failure): string => {
  const { errno, errmsg } = failure
  const texts: Readonly<Record<number, string | undefined>> = errnoTexts(messages)
  const told = language() === 'zh-CN' ? toldInChinese(failure) : toldInEnglish(failure)

  return told || texts[errno] || errmsg || messages.errors.unknown
}

/** The server's own words are Chinese. */
const toldInChinese = ({ errno, errmsg }: Failure) => (TOLD_BY_SERVER.has(errno) ? errmsg : '')

const toldInEnglish = ({ errno, errmsg, reason = '' }: Failure) => {
  const named = REASONS_EN[reason]
  if (named || errno !== ERRNO.ACCOUNT_DISABLED || !errmsg) return named
  // An operator's own words: nobody translates them, so it is said whose they are.
  return fillIn(messages.errors.wordsOfOperator, { words: errmsg })
}

/** Enough to find the request, and to read it out on the phone. */
const SHORT_ID = 8

/** Which request failed, in short; empty when no response of our API arrived. */
export const requestText = ({ requestId }: Failure): string =>
  requestId ? fillIn(messages.failure.requestId, { id: requestId.slice(0, SHORT_ID) }) : ''

const isFailure = (cause: unknown): cause is Failure =>
  typeof cause === 'object' &&
  cause !== null &&
  typeof (cause as Failure).errno === 'number' &&
  typeof (cause as Failure).errmsg === 'string'
