import { parseXml, XmlElement } from '@rgrove/parse-xml'
import type { PushMessage } from './push-message.ts'

export type PushFormat = 'xml' | 'json'

export type PushBody = { format: PushFormat; fields: Record<string, unknown> }

/** The fields of a push body in XML or JSON; null for anything else. */
export const parsePushBody = (text: string): PushBody | null => {
  const format = text.trimStart().startsWith('<') ? 'xml' : 'json'
  const fields = format === 'xml' ? parseXmlFields(text) : parseJsonFields(text)

  return fields && !isDeeper(fields, MAX_DEPTH) ? { format, fields } : null
}

/** The message in these fields; null when a field that every message has is missing or malformed. */
export const toPushMessage = (fields: Record<string, unknown>): PushMessage | null => {
  const { ToUserName, FromUserName, MsgType, Event, MsgId } = fields
  // Turning an object of JSON into a number or a text can throw.
  if (!isScalar(fields.CreateTime) || (MsgId !== undefined && !isScalar(MsgId))) return null
  const CreateTime = Number(fields.CreateTime)
  if (typeof ToUserName !== 'string' || typeof FromUserName !== 'string') return null
  if (typeof MsgType !== 'string' || !Number.isSafeInteger(CreateTime)) return null
  if (Event !== undefined && typeof Event !== 'string') return null

  return {
    ...fields,
    ToUserName,
    FromUserName,
    CreateTime,
    MsgType,
    ...(Event !== undefined && { Event }),
    ...(MsgId !== undefined && { MsgId: String(MsgId) }),
  }
}

const isScalar = (value: unknown) => typeof value === 'string' || typeof value === 'number'

/** Formats flat fields as the body of an answer to WeChat. */
export const formatPushBody = (format: PushFormat, fields: Record<string, string | number>) => {
  if (format === 'json') return JSON.stringify(fields)
  const elements = Object.entries(fields).map(([name, value]) =>
    typeof value === 'number'
      ? `<${name}>${value}</${name}>`
      : `<${name}><![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`,
  )

  return `<xml>${elements.join('')}</xml>`
}

/** Far deeper than anything WeChat sends. Deeper values could overflow the stack of recursive code. */
const MAX_DEPTH = 16

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((part) => isDeeper(part, levels - 1)))

const parseJsonFields = (text: string): Record<string, unknown> | null => {
  try {
    // MsgId has 64 bits, more than a JavaScript number holds.
    const value: unknown = JSON.parse(text.replace(/("MsgId"\s*:\s*)(\d+)/, '$1"$2"'))
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null

    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name.trim(), part]))
  } catch {
    return null
  }
}

const parseXmlFields = (text: string): Record<string, unknown> | null => {
  // WeChat sends no DOCTYPE; without one there are no entities to expand.
  if (text.includes('<!DOCTYPE')) return null
  try {
    const root = parseXml(text).root
    const value = root && readElement(root)

    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}

type XmlValue = string | { [name: string]: XmlValue | XmlValue[] }

/** The text of an element, or an object of its child elements; repeated names become a list. */
const readElement = (element: XmlElement): XmlValue => {
  const children = element.children.filter((node) => node instanceof XmlElement)
  if (children.length === 0) return element.text
  const fields = new Map<string, XmlValue | XmlValue[]>()
  for (const child of children) {
    const before = fields.get(child.name)
    const value = readElement(child)
    fields.set(child.name, before === undefined ? value : [before, value].flat())
  }

  return Object.fromEntries(fields)
}
