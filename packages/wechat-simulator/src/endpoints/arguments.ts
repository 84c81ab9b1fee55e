import type { App } from '../platform/apps.ts'
import { WeChatError } from '../platform/wechat-error.ts'

/** A text of the body, or the errcode when it is absent, empty or something else. */
export const requireText = (value: unknown, errcode: number, maxLength = 10_000): string => {
  if (typeof value !== 'string' || value === '' || value.length > maxLength) {
    throw new WeChatError(errcode)
  }
  return value
}

/** Whether the app has published the page; an app whose pages are unknown has them all. */
export const hasPage = ({ pages }: App, path: string) => {
  const page = path.split('?')[0] ?? ''
  return pages === undefined || pages.includes(page.replace(/^\//, ''))
}
