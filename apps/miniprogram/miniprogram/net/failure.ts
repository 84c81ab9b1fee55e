import type { ErrnoFailure } from '@oa/contracts'
import { fillIn, messages } from '../i18n/index'
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

const TEXTS: Readonly<Record<number, string | undefined>> = errnoTexts(messages)

/** The text to show: that of the catalogue, or `errmsg` where the catalogue has none. */
export const describeFailure = ({ errno, errmsg }: Failure): string =>
  TEXTS[errno] || errmsg || messages.errors.unknown

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
