import type { App } from '../platform/apps.ts'
import type { EncryptedData } from '../platform/crypto.ts'
import { encryptUserData, signRawData } from '../platform/crypto.ts'
import type { Person, Profile } from '../platform/people.ts'
import { openidOf, unionidOf } from '../platform/people.ts'
import type { PhoneButton } from '../platform/phones.ts'
import { phoneInfoOf } from '../platform/phones.ts'
import type { Platform } from '../platform/platform.ts'
import { requireApp, requireFrequency, requirePerson } from './actions.ts'
import { ControlError } from './control-error.ts'
import { compareVersions } from './lib-version.ts'
import type { PhoneCodeRequest, UserInfoRequest } from './schemas/index.ts'

/**
 * What a getPhoneNumber or getRealtimePhoneNumber button passes to its handler as `e.detail`; the
 * latter passes a code alone.
 */
export interface PhoneDetail extends Partial<EncryptedData> {
  errMsg: string
  errno?: number
  code?: string
}

/** What wx.getUserInfo or wx.getUserProfile answers. */
export interface UserInfoAnswer extends EncryptedData {
  errMsg: string
  userInfo: Profile
  rawData: string
  signature: string
}

const PLACEHOLDER: Profile = {
  nickName: '微信用户',
  avatarUrl:
    'https://thirdwx.qlogo.cn/mmopen/vi_32/POgEwh4mIHO4nibH0KlMECNjjGxQUq24ZEaGT4poC6icRiccVGKSyXwibcPq4BWmiaIGuG1icwxaQX6grC9VemZoJ8rg/132',
  gender: 0,
  country: '',
  province: '',
  city: '',
  language: 'zh_CN',
}

/** A phone button, tapped and agreed to unless `deny`. https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/getRealtimePhoneNumber.html */
export const tapPhoneButton = (
  { appid, person: name, deny, realtime = false }: PhoneCodeRequest,
  platform: Platform,
): PhoneDetail => {
  const app = requireApp(appid, platform)
  const person = requirePerson(name, platform)
  const button: PhoneButton = realtime ? 'getRealtimePhoneNumber' : 'getPhoneNumber'
  if (platform.phoneQuota.left(app, button) <= 0) {
    return { errMsg: `${button}:fail no quota`, errno: 1400001 }
  }
  if (deny) return { errMsg: `${button}:fail user deny` }
  const sealed = realtime ? {} : sealPhone(app, person, platform)
  platform.phoneQuota.use(app, button)

  return {
    errMsg: `${button}:ok`,
    code: platform.phoneCodes.issue(app.appid, person.name),
    ...sealed,
  }
}

const sealPhone = (app: App, person: Person, platform: Platform) => {
  const { clock, settings, sessionKeys } = platform
  const key = sessionKeys.peek(app.appid, person.name)
  // The code needs no wx.login before the tap since base library 2.21.2; what is encrypted does.
  if (!key) return {}
  const info = phoneInfoOf(person, app.appid, clock.now(), settings)

  return encryptUserData(info, key.value)
}

/**
 * The profile by the rules in force: anonymous for wx.getUserInfo, and for wx.getUserProfile from
 * base library 2.27.1 on. https://developers.weixin.qq.com/community/develop/doc/00022c683e8a80b29bed2142b56c01
 */
export const getUserInfo = (request: UserInfoRequest, platform: Platform): UserInfoAnswer => {
  const app = requireApp(request.appid, platform)
  const person = requirePerson(request.person, platform)
  const api = request.api ?? 'getUserInfo'
  requireFrequency(api, app.appid, person.name, platform)
  const real =
    api === 'getUserProfile' && compareVersions(request.libVersion ?? '3.0.0', '2.27.1') < 0
  const userInfo = real ? { ...person.profile } : PLACEHOLDER
  const sessionKey = requireSessionKey(app, person, platform)
  const rawData = JSON.stringify(userInfo)
  const timestamp = Math.floor(platform.clock.now() / 1000)
  const data = {
    ...(api === 'getUserInfo' ? identify(app, person) : {}),
    ...userInfo,
    watermark: { timestamp, appid: app.appid },
  }

  return {
    errMsg: `${api}:ok`,
    userInfo,
    rawData,
    signature: signRawData(rawData, sessionKey),
    ...encryptUserData(data, sessionKey),
  }
}

const identify = (app: App, person: Person) => ({
  openId: openidOf(person, app.appid),
  ...(app.openPlatform === undefined ? {} : { unionId: unionidOf(person, app.openPlatform) }),
})

const requireSessionKey = (app: App, person: Person, { sessionKeys }: Platform) => {
  const key = sessionKeys.peek(app.appid, person.name)
  if (!key) throw new ControlError(409, `${person.name} has no session_key: call login first`)

  return key.value
}
