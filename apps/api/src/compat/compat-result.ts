import type { Failure } from '@oa/contracts'
import type { CompatFailure, WxLoginResult } from '@oa/contracts/compat'
import { COMPAT_OK } from '@oa/contracts/compat'

/** The token is all of `data`. */
export const toWxLoginResult = (token: string, message: string): WxLoginResult => ({
  code: COMPAT_OK,
  message,
  data: token,
})

/** A failure of ours in the envelope of the clients of that article; anything else as it is. */
export const toCompatFailure = (payload: unknown): unknown => {
  if (!isFailure(payload)) return payload
  const { errno, errmsg } = payload
  const failure: CompatFailure = { code: errno, message: errmsg, data: null }
  return failure
}

const isFailure = (payload: unknown): payload is Failure =>
  typeof payload === 'object' && payload !== null && 'errno' in payload && 'errmsg' in payload
