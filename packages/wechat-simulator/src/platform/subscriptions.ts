/** A template of subscription messages: its id and the names of its fields. */
export interface Template {
  appid: string
  templateId: string
  /** Like thing1, time2, phrase3: the name says what values are allowed. */
  fields: string[]
  /** Of templates with the same title, a request asks for the first only. */
  title?: string
  /** `once`, the default: one message per consent. `long`: any number. */
  type?: 'once' | 'long'
  /** WeChat has banned the template: it cannot be asked for, and nothing be sent by it (43107). */
  banned?: boolean
}

/** What a person has chosen on an app's settings page. */
export interface SubscriptionSettings {
  mainSwitch: boolean
  /** The remembered choices, by template. */
  itemSettings: Record<string, 'accept' | 'reject'>
}

/** A template and how many messages a person has agreed to. */
export interface ConsentView {
  appid: string
  person: string
  templateId: string
  left: number
}

/** Which messages people have agreed to. */
export interface Subscriptions {
  addTemplate: (template: Template) => Template
  template: (appid: string, templateId: string) => Template | undefined
  listTemplates: (appid: string) => Template[]
  /** Adds one message; any number for a long-term template. */
  consent: (template: Template, person: string) => void
  /** Takes back every consent to a template. */
  revoke: (appid: string, person: string, templateId: string) => void
  /** Takes one consent; false when there was none. */
  take: (template: Template, person: string) => boolean
  settings: (appid: string, person: string) => SubscriptionSettings
  /** The settings that were read so far. */
  listSettings: () => (SubscriptionSettings & { appid: string; person: string })[]
  /** The consents that are left; `left` is Infinity for a long-term template. */
  list: () => ConsentView[]
}

export const createSubscriptions = (): Subscriptions => {
  const templates = new Map<string, Template>()
  const consents = new Map<string, ConsentView>()
  const settings = new Map<string, SubscriptionSettings & { appid: string; person: string }>()
  const idOf = (...parts: string[]) => parts.join('\n')

  return {
    addTemplate: (template) => {
      templates.set(idOf(template.appid, template.templateId), template)
      return template
    },
    listTemplates: (appid) => [...templates.values()].filter((one) => one.appid === appid),
    template: (appid, templateId) => templates.get(idOf(appid, templateId)),
    consent: ({ appid, templateId, type }, person) => {
      const id = idOf(appid, person, templateId)
      const left = type === 'long' ? Number.POSITIVE_INFINITY : (consents.get(id)?.left ?? 0) + 1
      consents.set(id, { appid, person, templateId, left })
    },
    revoke: (...parts) => void consents.delete(idOf(...parts)),
    take: ({ appid, templateId }, person) => {
      const id = idOf(appid, person, templateId)
      const known = consents.get(id)
      if (!known) return false
      if (known.left > 1) known.left -= 1
      else consents.delete(id)

      return true
    },
    settings: (appid, person) => {
      const id = idOf(appid, person)
      const known = settings.get(id) ?? { appid, person, mainSwitch: true, itemSettings: {} }
      settings.set(id, known)

      return known
    },
    listSettings: () => [...settings.values()],
    list: () => [...consents.values()],
  }
}
