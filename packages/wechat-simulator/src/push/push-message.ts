/** The fields of a pushed message, in WeChat's spelling. */
export type PushMessage = Readonly<Record<string, PushValue>>

export type PushValue =
  | string
  | number
  | boolean
  | readonly PushValue[]
  | { readonly [key: string]: PushValue }

/** The message as XML: texts are CDATA, a list repeats its tag. */
export const toXml = (message: PushMessage) => `<xml>${toTags(message)}</xml>`

const toTags = (message: PushMessage): string =>
  Object.entries(message)
    .map(([tag, value]) => toTag(tag, value))
    .join('')

const toTag = (tag: string, value: PushValue): string => {
  if (isList(value)) return value.map((part) => toTag(tag, part)).join('')
  if (typeof value === 'object') return `<${tag}>${toTags(value)}</${tag}>`
  if (typeof value === 'string') return `<${tag}>${toCdata(value)}</${tag}>`

  return `<${tag}>${value}</${tag}>`
}

// A CDATA section cannot hold its own end.
const toCdata = (text: string) => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`

const isList = (value: PushValue): value is readonly PushValue[] => Array.isArray(value)
