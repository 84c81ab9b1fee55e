import type { Errno } from '@oa/contracts'
import { messages } from '../i18n/index'
import {
  ACCOUNT_DISABLED,
  BAD_ARGUMENT,
  BAD_VALUE,
  FAIL,
  FRESH_LOGIN_REQUIRED,
  NOT_FOUND,
  PHONE_BUDGET_SPENT,
  PHONE_CODE_INVALID,
  PHONE_TAKEN,
  SESSION_ENDED,
  SYSTEM,
  TOO_MANY_REQUESTS,
  UNAVAILABLE,
  UNLOGIN,
  WX_CODE_INVALID,
  WX_RISK_BLOCKED,
  WX_SESSION_EXPIRED,
  WX_UNAVAILABLE,
} from './errno'

/**
 * The only thing that a promise of this client is rejected with. A plain object, because DevTools
 * compiles classes down and `instanceof` cannot be relied on.
 */
export type Failure = {
  errno: Exclude<Errno, 0>
  /** For people, in their language; never parsed. */
  errmsg: string
  /** What support needs to find the request; absent when no answer of ours arrived. */
  requestId?: string
  /** Seconds to wait, as the server asked; 0 when it is busy and did not say. */
  retryAfter?: number
}

/** A failure that was found here, without a usable answer of the server. */
export const localFailure = (errmsg: string): Failure => ({ errno: FAIL, errmsg })

/** Anything thrown, as a failure: a bug must not show an empty screen either. */
export const toFailure = (cause: unknown): Failure =>
  isFailure(cause) ? cause : localFailure(messages.errors.unknown)

/** Somebody ended it on purpose: signing in again is for the person to choose, if at all. */
export const isFinal = ({ errno }: Failure): boolean =>
  errno === ACCOUNT_DISABLED || errno === SESSION_ENDED

/** What to tell: the catalogue's text for what we know, the server's for what only it knows. */
export const describeFailure = (failure: Failure): string => {
  const { errors } = messages
  const known: Record<number, string> = {
    [BAD_ARGUMENT]: errors.badArgument,
    [BAD_VALUE]: errors.badArgument,
    [UNLOGIN]: errors.unlogin,
    [SYSTEM]: errors.system,
    [WX_CODE_INVALID]: errors.wxLogin,
    [WX_UNAVAILABLE]: errors.wxUnavailable,
    [WX_RISK_BLOCKED]: errors.riskBlocked,
    [WX_SESSION_EXPIRED]: errors.wxSession,
    [TOO_MANY_REQUESTS]: errors.tooMany,
    [UNAVAILABLE]: errors.unavailable,
    [NOT_FOUND]: errors.notFound,
    [SESSION_ENDED]: errors.sessionEnded,
    [FRESH_LOGIN_REQUIRED]: errors.freshLogin,
    [PHONE_TAKEN]: errors.phoneTaken,
    [PHONE_BUDGET_SPENT]: errors.phoneBudget,
    [PHONE_CODE_INVALID]: errors.phoneCode,
  }

  return known[failure.errno] || failure.errmsg || errors.unknown
}

const isFailure = (cause: unknown): cause is Failure =>
  typeof cause === 'object' &&
  cause !== null &&
  typeof (cause as Failure).errno === 'number' &&
  typeof (cause as Failure).errmsg === 'string'
