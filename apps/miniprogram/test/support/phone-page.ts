import type { PhoneDetail } from '../../miniprogram/ui/phone-button'
import { startApi } from './api'
import { openSignedIn } from './start'
import { until } from './until'
import type { Wechat } from './wechat'

export const PHONE = 'pages/ucenter/phone/phone'
export const CENTRE = 'pages/ucenter/index/index'
export const BIND = '/wx/auth/bind_phone'
/** A profile with a number, of a user who is signed in on two other devices. */
export const BOUND = { mobile: '138******01', deviceCount: 3 }

/** Events of the button: the user allowed it, or a refusal or failure. */
export const allowed = (detail: object) => ({ detail: { errMsg: 'getPhoneNumber:ok', ...detail } })
export const refused = (reason: string, errno?: number) => {
  const detail: PhoneDetail = { errMsg: `getPhoneNumber:fail ${reason}` }
  if (errno !== undefined) detail.errno = errno

  return { detail }
}
export const CODE = allowed({ code: 'phone-code' })

/** Opens the page for a signed-in user, on top of another page. */
export const openPhone = async (
  profile: object = {},
  prepare: (wechat: Wechat) => void = () => {},
) => {
  const api = await startApi()
  Object.assign(api.profile, profile)
  const opened = await openSignedIn(api, PHONE, prepare)
  await until(() => opened.page.data.isLoaded)

  return opened
}
