import type { ErrnoFailure } from '@oa/contracts'
import { messages } from '../i18n/index'
import { ERRNO } from './errno'
import { errnoTexts } from './errno-texts'

/**
 * The only thing that a promise of this client is rejected with. A plain object, because DevTools
 * compiles classes down and `instanceof` cannot be relied on.
 */
export type Failure = {
  errno: ErrnoFailure
  /** For people, in their language; never parsed. */
  errmsg: string
  /** What support needs to find the request; absent when no answer of ours arrived. */
  requestId?: string
  /** Seconds to wait, as the server asked; 0 when it is busy and did not say. */
  retryAfter?: number
}

/** A failure that was found here, without a usable answer of the server. */
export const localFailure = (errmsg: string): Failure => ({ errno: ERRNO.FAIL, errmsg })

/** Anything thrown, as a failure: a bug must not show an empty screen either. */
export const toFailure = (cause: unknown): Failure =>
  isFailure(cause) ? cause : localFailure(messages.errors.unknown)

const TEXTS: Readonly<Record<number, string | undefined>> = errnoTexts(messages)

/** What to tell: the catalogue's text for what we know, the server's for what only it knows. */
export const describeFailure = ({ errno, errmsg }: Failure): string =>
  TEXTS[errno] || errmsg || messages.errors.unknown

const isFailure = (cause: unknown): cause is Failure =>
  typeof cause === 'object' &&
  cause !== null &&
  typeof (cause as Failure).errno === 'number' &&
  typeof (cause as Failure).errmsg === 'string'
