import type { Static } from 'typebox'
import { Type } from 'typebox'
import { LoginByWeixinRequest } from './auth.ts'

/*
 * What clients of another published article send and read, in its own envelope. Not a part of
 * `ApiRoutes`: our mini-program cannot see it.
 */

/** The code of `wx.login`, under the name that those clients give it. */
export const WxLoginRequest = Type.Object(
  { jsCode: LoginByWeixinRequest.properties.code },
  { additionalProperties: false },
)
export type WxLoginRequest = Static<typeof WxLoginRequest>

/** `code` of a success; that of a failure is its `errno`, and no errno is this number. */
export const COMPAT_OK = 200

export const WxLoginResult = Type.Object({
  code: Type.Literal(COMPAT_OK),
  message: Type.String(),
  data: Type.String({ description: 'our token; it goes into the header X-OA-Token' }),
})
export type WxLoginResult = Static<typeof WxLoginResult>

/** `data` is there, and null: those clients read it without looking at `code`. */
export const CompatFailure = Type.Object({
  code: Type.Integer({ description: 'the errno' }),
  message: Type.String(),
  data: Type.Null(),
})
export type CompatFailure = Static<typeof CompatFailure>
