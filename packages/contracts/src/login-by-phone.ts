import type { Static } from 'typebox'
import { Type } from 'typebox'
import { LoginByWeixinRequest, LoginByWeixinResult } from './auth.ts'
import { BindPhoneRequest, MaskedMobile } from './phone.ts'

const { code, deviceId, deviceName, shareId, agreement } = LoginByWeixinRequest.properties
const { code: phoneCode, encryptedData, iv } = BindPhoneRequest.properties

/**
 * Two codes of WeChat: that of `wx.login`, and that of a tapped `open-type="getPhoneNumber"` button.
 * Where the base library is older than 2.21.2, `encryptedData` and `iv` take the place of the second;
 * they are decrypted with the session_key that the first one gives.
 */
export const LoginByPhoneRequest = Type.Object(
  { code, phoneCode, encryptedData, iv, deviceId, deviceName, shareId, agreement },
  { additionalProperties: false },
)
export type LoginByPhoneRequest = Static<typeof LoginByPhoneRequest>

export const LoginByPhoneResult = Type.Object({
  ...LoginByWeixinResult.properties,
  mobile: MaskedMobile,
})
export type LoginByPhoneResult = Static<typeof LoginByPhoneResult>
