import type { App } from '../platform/apps.ts'
import { WeChatError } from '../platform/wechat-error.ts'
import type { JsonBody } from './authorize.ts'

type JsonType = 'string' | 'number' | 'boolean' | 'object'

/** A text of the body, or the errcode when it is absent, empty or something else. */
export const requireText = (value: unknown, errcode: number, maxLength = 10_000): string => {
  if (typeof value !== 'string' || value === '' || value.length > maxLength) {
    throw new WeChatError(errcode)
  }
  return value
}

/**
 * WeChat reads a body by the types that the page of the endpoint gives: a field of another type is
 * 47001, and so is a `required` one that is absent; a field that it does not know is passed over.
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
