import type { LoginByPhoneRequest, LoginByPhoneResult, Ok } from '@oa/contracts'
import { api } from '../config/api'
import { exchange } from '../net/http'
import type { PhoneProof } from '../ui/phone-button'
import type { Entry } from './sign-in'
import { signInWith } from './sign-in'

/**
 * Signs in with WeChat, binds the number that WeChat verified, and stores the session: all of it, or
 * nothing. `code` is one that wx.login gave before the tap: encrypted data can be read only with its key.
 */
export const signInByPhone = (
  proof: PhoneProof,
  code: string | undefined,
): Promise<Ok<LoginByPhoneResult>> =>
  signInWith(
    (entry) =>
      exchange<LoginByPhoneResult>({
        path: api.loginByPhone,
        method: 'POST',
        data: toRequest(entry, proof),
        token: undefined,
      }),
    code,
  )

const toRequest = (entry: Entry, proof: PhoneProof): LoginByPhoneRequest => {
  const { code: phoneCode, encryptedData, iv } = proof
  const request: LoginByPhoneRequest = { ...entry }
  if (phoneCode) request.phoneCode = phoneCode
  if (encryptedData) request.encryptedData = encryptedData
  if (iv) request.iv = iv

  return request
}
