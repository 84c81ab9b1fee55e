import type { MessageKind } from '@oa/contracts'
import type { Static } from 'typebox'
import { Type } from 'typebox'
import { Value } from 'typebox/value'

export type { MessageKind } from '@oa/contracts'

type ValueType = 'text' | 'time' | 'code'

/**
 * What each kind of subscribe message can say, and how: `text` fills fields of WeChat's type thing,
 * `time` those of time or date, `code` those of character_string or thing.
 */
const VALUES = {
  new_device: { device: 'text', time: 'time', ip: 'code' },
  invited: { title: 'text', time: 'time', place: 'text' },
  changed: { title: 'text', time: 'time', place: 'text' },
  cancelled: { title: 'text', time: 'time', reason: 'text' },
  starting: { title: 'text', time: 'time', place: 'text' },
  approval: { title: 'text', time: 'time', applicant: 'text' },
  result: { title: 'text', time: 'time', result: 'text' },
  vote: { title: 'text', time: 'time' },
} as const satisfies Record<MessageKind, Readonly<Record<string, ValueType>>>

/** What a message of that kind is given. */
export type MessageValues<Kind extends MessageKind> = {
  [Name in keyof (typeof VALUES)[Kind]]: (typeof VALUES)[Kind][Name] extends 'time' ? Date : string
}

export type MessageTemplate = {
  /** The mini-program that it belongs to. */
  appId: string
  kind: MessageKind
  /** WeChat's id of the template. */
  id: string
  /** The template's field for each value that it shows. */
  fields: Readonly<Record<string, string>>
}

const FIELD_TYPES = {
  text: ['thing'],
  time: ['time', 'date'],
  code: ['character_string', 'thing'],
} as const satisfies Record<ValueType, readonly string[]>

const Templates = Type.Record(
  Type.String(),
  Type.Object(
    {
      id: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }),
      fields: Type.Record(Type.String(), Type.String({ pattern: '^[a-z_]+[0-9]+$' })),
    },
    { additionalProperties: false },
  ),
)
type Templates = Static<typeof Templates>

/** Null stands for the first mini-program. */
export type ParsedTemplate = Omit<MessageTemplate, 'appId'> & { appId: string | null }

/**
 * Reads WX_TEMPLATES: templates by kind, or such by appid where there are several mini-programs. Resolves
 * to the templates, or to a sentence that says what is wrong.
 */
export const parseTemplates = (text: string): ParsedTemplate[] | string => {
  const parsed = parseJson(text)
  const templates: ParsedTemplate[] = []
  for (const [appId, own] of isByApp(parsed) ? Object.entries(parsed) : [[null, parsed] as const]) {
    const read = readTemplates(appId, own)
    if (typeof read === 'string') return appId === null ? read : `of ${appId} ${read}`
    templates.push(...read)
  }
  return templates
}

const isByApp = (parsed: unknown): parsed is Record<string, unknown> =>
  typeof parsed === 'object' &&
  parsed !== null &&
  Object.keys(parsed).some((key) => key.startsWith('wx'))

const readTemplates = (appId: string | null, parsed: unknown): ParsedTemplate[] | string => {
  if (!Value.Check(Templates, parsed)) {
    return 'must be JSON: {"new_device":{"id":"…","fields":{"device":"thing1","time":"time2"}}}'
  }
  const templates: ParsedTemplate[] = []
  for (const [kind, template] of Object.entries(parsed)) {
    if (!isKind(kind)) return `has an unknown kind: known are ${Object.keys(VALUES).join(', ')}`
    const problem = problemOf(kind, template)
    if (problem !== null) return problem
    if (templates.some(({ id }) => id === template.id)) {
      return 'holds one template twice: WeChat counts consents by template'
    }
    templates.push({ appId, kind, ...template })
  }
  return templates
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isKind = (kind: string): kind is MessageKind => Object.hasOwn(VALUES, kind)

const problemOf = (kind: MessageKind, { fields }: Templates[string]): string | null => {
  const values: Readonly<Record<string, ValueType>> = VALUES[kind]
  const names = Object.keys(fields)
  const known = Object.keys(values).join(', ')
  if (names.length === 0) return `${kind}: fields must not be empty; a message can say ${known}`
  if (new Set(Object.values(fields)).size < names.length) return `${kind}: two values share a field`
  for (const [name, field] of Object.entries(fields)) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    if (value === undefined) return `${kind}: has an unknown value; a message can say ${known}`
    const types: readonly string[] = FIELD_TYPES[value]
    if (!types.includes(typeOfField(field))) {
      return `${kind}: ${name} needs a field of type ${types.join(' or ')}`
    }
  }
  return null
}

/** WeChat names a field by its type and a number. */
const typeOfField = (field: string) => field.replace(/(?<!\d)\d+$/, '')
