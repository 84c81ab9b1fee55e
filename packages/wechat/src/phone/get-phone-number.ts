import { Type } from 'typebox'
import type { Call } from '../call/call.ts'
import type { CallOptions } from '../call/call-options.ts'
import { assertPlausibleCode } from '../call/plausible-code.ts'
import { WeChatError } from '../errors.ts'
import type { PhoneNumber } from './phone-number.ts'
import { PhoneInfo } from './phone-number.ts'

/**
 * Exchanges the code of `open-type="getPhoneNumber"` (not of wx.login), which is valid once and for
 * 5 minutes. WeChat charges for each success. With `openid`, it refuses the code of any other user.
 * https://developers.weixin.qq.com/miniprogram/dev/server/API/user-info/phone-number/api_getphonenumber
 */
export type GetPhoneNumber = (
  code: string,
  options?: CallOptions & { openid?: string },
) => Promise<PhoneNumber>

export const createGetPhoneNumber =
  (call: Call, appId: string): GetPhoneNumber =>
  async (code, { openid, signal } = {}) => {
    assertPlausibleCode(PATH, code)
    const body = { code, ...(openid !== undefined && { openid }) }
    const { phone_info } = await call({ path: PATH, body, reply: Reply }, { signal })
    if (phone_info.watermark.appid !== appId) {
      throw new WeChatError('code_invalid', `${PATH}: the phone number belongs to another appid`)
    }
    const { phoneNumber, purePhoneNumber, countryCode } = phone_info

    return { phoneNumber, purePhoneNumber, countryCode }
  }

const PATH = '/wxa/business/getuserphonenumber'
const Reply = Type.Object({ phone_info: PhoneInfo })
