/** A template of subscription messages: its id and the names of its fields. */
export interface Template {
  appid: string
  templateId: string
  /** Like thing1, time2, phrase3: the name says what values are allowed. */
  fields: string[]
}

/** Which messages people have agreed to: one consent is one message. */
export interface Subscriptions {
  addTemplate: (template: Template) => Template
  template: (appid: string, templateId: string) => Template | undefined
  consent: (appid: string, person: string, templateId: string) => void
  /** Takes one consent; tells whether there was one. */
  take: (appid: string, person: string, templateId: string) => boolean
  left: (appid: string, person: string, templateId: string) => number
}

export const createSubscriptions = (): Subscriptions => {
  const templates = new Map<string, Template>()
  const consents = new Map<string, number>()
  const left = (...parts: string[]) => consents.get(parts.join('\n')) ?? 0

  return {
    addTemplate: (template) => {
      templates.set(`${template.appid}\n${template.templateId}`, template)
      return template
    },
    template: (appid, templateId) => templates.get(`${appid}\n${templateId}`),
    consent: (...parts) => void consents.set(parts.join('\n'), left(...parts) + 1),
    take: (...parts) => {
      const count = left(...parts)
      if (count > 0) consents.set(parts.join('\n'), count - 1)

      return count > 0
    },
    left,
  }
}
