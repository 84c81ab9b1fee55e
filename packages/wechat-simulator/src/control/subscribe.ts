import type { App } from '../platform/apps.ts'
import type { Person } from '../platform/people.ts'
import type { Platform } from '../platform/platform.ts'
import type { Template } from '../platform/subscriptions.ts'
import { subscribeEvent } from '../push/subscribe-event.ts'
import { requireApp, requirePerson } from './actions.ts'
import type { SubscribeOfferRequest, SubscribeRequest } from './schemas/index.ts'

/** What wx.requestSubscribeMessage answers: an outcome for each template, or an error. */
export type SubscribeAnswer = Record<string, string | number>

/** Errors of the phone, which happen only on request. */
const PHONE_ERRORS: Readonly<Record<number, string>> = {
  10002: 'Request list fail',
  10003: 'Request subscribe fail',
  10005: 'Cannot show subscribe message UI',
}

/**
 * The subscription dialog, with `answers` by template; a template that is not named is accepted. A
 * remembered choice is applied without asking.
 * https://developers.weixin.qq.com/miniprogram/dev/api/open-api/subscribe-message/wx.requestSubscribeMessage.html
 */
export const requestSubscribe = (
  request: SubscribeRequest,
  platform: Platform,
): SubscribeAnswer => {
  const { app, person, templates, refusal } = examine(request, platform)

  return refusal ?? ask(templates, request, { app, person, platform })
}

/** A template as the dialog names it. */
export interface SubscribeItem {
  id: string
  title: string
}

/**
 * The templates that the dialog would show, or why there is none: nothing is shown of what is banned,
 * has the title of another one, or was chosen for good. Changes nothing.
 */
export const offerSubscribe = (
  request: SubscribeOfferRequest,
  platform: Platform,
): { shown: SubscribeItem[] } | SubscribeAnswer => {
  const { app, person, templates, refusal } = examine(request, platform)
  if (refusal) return refusal
  const { itemSettings } = platform.subscriptions.settings(app.appid, person.name)
  const asked = templates.filter(
    (template) =>
      exclusionOf(template, templates) === undefined &&
      ownOf(itemSettings, template.templateId) === undefined,
  )

  return { shown: asked.map(({ templateId: id, title = id }) => ({ id, title })) }
}

const examine = (request: SubscribeRequest, platform: Platform) => {
  const app = requireApp(request.appid, platform)
  const person = requirePerson(request.person, platform)
  const templates = [...new Set(request.tmplIds)].map((id) =>
    platform.subscriptions.template(app.appid, id),
  )
  const refusal = refusalOf(request, templates, app, platform)

  return { app, person, templates: templates.filter(isKnown), refusal }
}

interface Asked {
  app: App
  person: Person
  platform: Platform
}

const ask = (
  templates: Template[],
  { answers = {}, always }: SubscribeRequest,
  { app, person, platform }: Asked,
): SubscribeAnswer => {
  const { subscriptions, pushes } = platform
  const { itemSettings } = subscriptions.settings(app.appid, person.name)
  const outcomes: Record<string, string> = {}
  const shown = []
  for (const template of templates) {
    const { templateId } = template
    const given = ownOf(itemSettings, templateId) ?? ownOf(answers, templateId) ?? 'accept'
    const outcome = exclusionOf(template, templates) ?? given
    outcomes[templateId] = outcome
    if (outcome.startsWith('accept')) subscriptions.consent(template, person.name)
    if (outcome === 'ban' || outcome === 'filter') continue
    shown.push({ TemplateId: templateId, SubscribeStatusString: outcome, PopupScene: '0' })
    if (always) itemSettings[templateId] = outcome.startsWith('accept') ? 'accept' : 'reject'
  }
  if (app.push && shown.length > 0) {
    void pushes.deliver(app, subscribeEvent('subscribe_msg_popup_event', shown, app, person))
  }

  return { errMsg: 'requestSubscribeMessage:ok', ...outcomes }
}

// The id of a template may be that of a property of Object.prototype.
const ownOf = <T>(record: Readonly<Record<string, T>>, key: string) =>
  Object.hasOwn(record, key) ? record[key] : undefined

/** Why a template is not asked for: it is banned, or an earlier one has its title. */
const exclusionOf = (template: Template, templates: Template[]) => {
  if (template.banned) return 'ban'
  const { title } = template
  const first = title === undefined ? template : templates.find((other) => other.title === title)

  return first === template ? undefined : 'filter'
}

const refusalOf = (
  { appid, person, tmplIds, errCode }: SubscribeRequest,
  templates: (Template | undefined)[],
  { subscribeBanned }: App,
  { subscriptions, settings }: Platform,
) => {
  if (errCode !== undefined) return fail(errCode, PHONE_ERRORS[errCode] ?? '')
  if (tmplIds.length === 0) return fail(10001, "TmplIds can't be empty")
  if (subscribeBanned) return fail(20005, 'This mini program was banned from subscribing messages')
  if (!subscriptions.settings(appid, person).mainSwitch) {
    return fail(20004, 'The main switch is switched off')
  }
  if (tmplIds.length > settings.subscribeMaxTemplates) {
    return fail(20003, 'Templates count out of max bounds')
  }
  const known = templates.filter(isKnown)
  if (known.length < templates.length) {
    return fail(20001, 'No template data return, verify the template id exist')
  }
  if (new Set(known.map(({ type = 'once' }) => type)).size > 1) {
    return fail(20002, 'Templates type must be same')
  }
  return undefined
}

const isKnown = (template: Template | undefined): template is Template => template !== undefined

const fail = (errCode: number, reason: string) => ({
  errMsg: `requestSubscribeMessage:fail ${reason}`,
  errCode,
})
