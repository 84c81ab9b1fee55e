import type { Platform } from '../platform/platform.ts'
import type { PrivacyDecision } from '../platform/privacy.ts'
import { requireApp, requirePerson } from './actions.ts'
import { compareVersions } from './lib-version.ts'
import type { LoginRequest, PrivacyAnswerRequest, PrivacyRequest } from './schemas/index.ts'

/** What wx.getPrivacySetting answers. */
export interface PrivacySetting {
  needAuthorization: boolean
  privacyContractName: string
}

/** Older base libraries let everything pass. */
const ASKED_SINCE = '2.32.3'

export const getPrivacySetting = (
  { appid, person }: LoginRequest,
  platform: Platform,
): PrivacySetting => {
  const app = requireApp(appid, platform)
  const { name } = requirePerson(person, platform)

  return {
    needAuthorization: platform.privacy.needsAuthorization(app, name),
    privacyContractName: `《${app.appid} 小程序隐私保护指引》`,
  }
}

/** Whether a client API that needs consent for `scope` is granted, asks or fails. */
export const requestPrivacy = (
  { appid, person, scope, coupled, libVersion = ASKED_SINCE }: PrivacyRequest,
  platform: Platform,
): PrivacyDecision => {
  const app = requireApp(appid, platform)
  const { name } = requirePerson(person, platform)
  if (compareVersions(libVersion, ASKED_SINCE) < 0) return { decision: 'granted' }

  return platform.privacy.decide(app, name, scope, coupled)
}

/** The person answers the dialog; showing it changes nothing. */
export const answerPrivacy = (
  { appid, person, event }: PrivacyAnswerRequest,
  platform: Platform,
): PrivacySetting => {
  const app = requireApp(appid, platform)
  const { name } = requirePerson(person, platform)
  if (event !== 'exposureAuthorization') platform.privacy.answer(app, name, event)

  return getPrivacySetting({ appid, person }, platform)
}
