import { openidOf } from '../platform/people.ts'
import { phoneInfoOf } from '../platform/phones.ts'
import { WeChatError } from '../platform/wechat-error.ts'
import { requireTypes } from './arguments.ts'
import { postWithToken } from './authorize.ts'

/** Exchanges a code of either button. https://developers.weixin.qq.com/miniprogram/dev/server/API/user-info/phone-number/api_getphonenumber */
export const getUserPhoneNumber = postWithToken(
  '/wxa/business/getuserphonenumber',
  ({ app, platform, request }, body) => {
    requireTypes(body, { code: 'string', openid: 'string' })
    const { code: text, openid } = body
    const { clock, phoneCodes, settings } = platform
    const code = typeof text === 'string' ? phoneCodes.get(text) : undefined
    if (!code || code.expiresAt <= clock.now()) throw new WeChatError(40029)
    if (code.appid !== app.appid) throw new WeChatError(40013)
    if (code.used) throw new WeChatError(settings.errcodes.usedPhoneCode)
    const person = platform.people.get(code.person)
    if (!person) throw new WeChatError(40029)
    if (openid !== undefined && openid !== openidOf(person, app.appid)) {
      throw new WeChatError(settings.errcodes.phoneCodeOfOtherPerson)
    }
    request.person = person.name
    code.used = true

    return {
      errcode: 0,
      errmsg: 'ok',
      phone_info: phoneInfoOf(person, app.appid, code.issuedAt, settings),
    }
  },
)
