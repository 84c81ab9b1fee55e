import type { Platform } from '../platform/platform.ts'
import type { PrivacyDecision } from '../platform/privacy.ts'
import { requireApp, requirePerson } from './actions.ts'
import type {
  LoginRequest,
  PrivacyAnswerRequest,
  PrivacyRequest,
  SubscribeRequest,
} from './schemas/index.ts'

/** What wx.getPrivacySetting answers. */
export interface PrivacySetting {
  needAuthorization: boolean
  privacyContractName: string
}

/** What wx.requestSubscribeMessage answers: an outcome for each template, or an error. */
export type SubscribeAnswer = Record<string, string | number>

export const getPrivacySetting = (
  { appid, person }: LoginRequest,
  platform: Platform,
): PrivacySetting => {
  const app = requireApp(appid, platform)
  const { name } = requirePerson(person, platform)

  return {
    needAuthorization: platform.privacy.needsAuthorization(app.appid, name),
    privacyContractName: `《${app.appid} 小程序隐私保护指引》`,
  }
}

/** What becomes of a client API that needs consent for `scope`. */
export const requestPrivacy = (
  { appid, person, scope }: PrivacyRequest,
  platform: Platform,
): PrivacyDecision => {
  const app = requireApp(appid, platform)
  const { name } = requirePerson(person, platform)

  return platform.privacy.decide(app, name, scope)
}

/** The person answers the dialog; that it was shown alone changes nothing. */
export const answerPrivacy = (
  { appid, person, event }: PrivacyAnswerRequest,
  platform: Platform,
): PrivacySetting => {
  const { name } = requirePerson(person, platform)
  if (event !== 'exposureAuthorization') platform.privacy.answer(appid, name, event === 'agree')

  return getPrivacySetting({ appid, person }, platform)
}

/** The subscription dialog, with `answers` by template; everything not named is accepted. */
export const requestSubscribe = (
  { appid, person: name, tmplIds, answers = {} }: SubscribeRequest,
  platform: Platform,
): SubscribeAnswer => {
  const app = requireApp(appid, platform)
  const person = requirePerson(name, platform)
  const refusal = refusalOf(app.appid, tmplIds, platform)
  if (refusal) return refusal

  const outcomes = Object.fromEntries(tmplIds.map((id) => [id, answers[id] ?? 'accept']))
  for (const [id, outcome] of Object.entries(outcomes)) {
    if (outcome === 'accept') platform.subscriptions.consent(app.appid, person.name, id)
  }

  return { errMsg: 'requestSubscribeMessage:ok', ...outcomes }
}

const refusalOf = (appid: string, tmplIds: string[], { subscriptions, settings }: Platform) => {
  if (tmplIds.length === 0) return fail(10001, "TmplIds can't be empty")
  if (tmplIds.length > settings.subscribeMaxTemplates) {
    return fail(20003, 'Templates count out of max bounds')
  }
  if (tmplIds.some((id) => !subscriptions.template(appid, id))) {
    return fail(20001, 'No template data return, verify the template id exist')
  }
  return undefined
}

const fail = (errCode: number, reason: string) => ({
  errMsg: `requestSubscribeMessage:fail ${reason}`,
  errCode,
})
