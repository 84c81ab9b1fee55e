import type { App } from '../platform/apps.ts'
import { WeChatError } from '../platform/wechat-error.ts'
import type { JsonBody } from './authorize.ts'

type JsonType = 'string' | 'number' | 'boolean' | 'object'

/** A text of the body; throws the errcode when it is absent, empty, too long or no text. */
export const requireText = (value: unknown, errcode: number, maxLength = 10_000): string => {
  if (typeof value !== 'string' || value === '' || value.length > maxLength) {
    throw new WeChatError(errcode)
  }
  return value
}

/**
 * WeChat checks a body against the types on the page of the endpoint: a field of another type is
 * 47001, and so is an absent `required` one; unknown fields are ignored.
 */
export const requireTypes = (
  body: JsonBody,
  types: Readonly<Record<string, JsonType>>,
  required: readonly string[] = [],
) => {
  for (const [name, type] of Object.entries(types)) {
    const value = body[name]
    const isAbsent = value === undefined || value === null
    if (isAbsent ? required.includes(name) : typeof value !== type) throw new WeChatError(47001)
  }
}

/** Whether the app has published the page; an app whose pages are unknown has them all. */
export const hasPage = ({ pages, unpublished }: App, path: string) => {
  const page = path.split('?')[0] ?? ''
  return !unpublished && (pages === undefined || pages.includes(page.replace(/^\//, '')))
}
