/** A template of subscription messages: its id and the names of its fields. */
export interface Template {
  appid: string
  templateId: string
  /** Like thing1, time2, phrase3: the name says what values are allowed. */
  fields: string[]
  /** Of templates with one title only the first can be asked for at a time. */
  title?: string
  /** Good for one message for each consent, which is usual, or for as many as there are. */
  type?: 'once' | 'long'
  /** WeChat has banned the template: it cannot be asked for, and nothing be sent by it (43107). */
  banned?: boolean
}

/** What somebody has chosen on an app's settings page. */
export interface SubscriptionSettings {
  mainSwitch: boolean
  /** Templates for which nobody is asked again. */
  itemSettings: Record<string, 'accept' | 'reject'>
}

/** A template and how many messages somebody has agreed to. */
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
  /** One more message by a template that is good for one, any number by another. */
  consent: (template: Template, person: string) => void
  /** Takes back every consent to a template. */
  revoke: (appid: string, person: string, templateId: string) => void
  /** Takes one consent; tells whether there was one. */
  take: (template: Template, person: string) => boolean
  settings: (appid: string, person: string) => SubscriptionSettings
  /** Whoever's settings were looked at. */
  listSettings: () => (SubscriptionSettings & { appid: string; person: string })[]
  /** Consents that are left; one to any number of messages has none to count. */
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
