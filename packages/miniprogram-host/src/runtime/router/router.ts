import type { Runtime } from '../runtime.ts'
import { failure } from '../wx/api.ts'
import { createEventChannels } from './event-channel.ts'
import type { PageRecord } from './page.ts'
import { closePage, hidePage, openPage, showPage } from './page.ts'
import type { Location } from './url.ts'
import { parseUrl } from './url.ts'

export type RouteMethod = 'navigateTo' | 'redirectTo' | 'navigateBack' | 'reLaunch' | 'switchTab'

export interface Router {
  /** The open pages, the one on screen last. */
  stack: PageRecord[]
  top(): PageRecord | undefined
  /** Pages that are open, also those that wait behind another tab. */
  openPages(): PageRecord[]
  /** Does what the wx function of the same name does; throws WeChat's failure. */
  route(method: RouteMethod, options: Record<string, unknown>): Promise<Record<string, unknown>>
  /** Called for each page that closes. */
  onClosed(listener: (page: PageRecord) => void): void
}

// https://developers.weixin.qq.com/miniprogram/dev/api/route/wx.navigateTo.html
const MAX_DEPTH = 10

export const createRouter = (runtime: () => Runtime): Router => {
  const stack: PageRecord[] = []
  const tabs = new Map<string, PageRecord>()
  const closedListeners: ((page: PageRecord) => void)[] = []
  const top = () => stack.at(-1)

  const close = (page: PageRecord): void => {
    closePage(runtime(), page)
    if (tabs.get(page.path) === page) tabs.delete(page.path)
    for (const listener of closedListeners) listener(page)
  }
  const push = (page: PageRecord): void => {
    stack.push(page)
    showPage(runtime(), page, true)
  }
  const isTab = (path: string): boolean =>
    runtime().bundle.app.tabBar?.list.some((tab) => tab.pagePath === path) ?? false

  const navigateBack = (options: Record<string, unknown>) => {
    const delta = Math.min(Number(options.delta ?? 1), stack.length - 1)
    const revealed = stack[stack.length - 1 - delta]
    if (delta < 1 || !revealed) throw failure('cannot navigate back at first page.')
    for (const page of stack.splice(stack.length - delta).reverse()) close(page)
    showPage(runtime(), revealed, false)
    return {}
  }
  const navigateTo = (target: Location, options: Record<string, unknown>) => {
    if (stack.length >= MAX_DEPTH) throw failure('webview count limit exceed')
    const { opener, opened } = createEventChannels()
    for (const [event, listener] of Object.entries(options.events ?? {})) opener.on(event, listener)
    hidePage(runtime(), top())
    push(openPage(runtime(), target, opened))
    return { eventChannel: opener }
  }
  const redirectTo = (target: Location) => {
    const replaced = stack.pop()
    if (replaced) close(replaced)
    push(openPage(runtime(), target))
    return {}
  }
  const reLaunch = (target: Location) => {
    for (const page of stack.splice(0).reverse()) close(page)
    for (const page of [...tabs.values()]) close(page)
    const page = openPage(runtime(), target)
    if (isTab(target.path)) tabs.set(target.path, page)
    push(page)
    return {}
  }
  const switchTab = (target: Location) => {
    const kept = tabs.get(target.path)
    for (const page of stack.splice(0).reverse()) {
      if (isTab(page.path)) page === kept || hidePage(runtime(), page)
      else close(page)
    }
    const page = kept ?? openPage(runtime(), target)
    tabs.set(target.path, page)
    stack.push(page)
    showPage(runtime(), page, !kept)
    return {}
  }

  const route: Router['route'] = async (method, options) => {
    await nextTask(runtime())
    if (method === 'navigateBack') return navigateBack(options)
    const target = parseUrl(options.url, top()?.path)
    refuseUnreachable(runtime(), method, target, isTab(target.path))
    if (method === 'navigateTo') return navigateTo(target, options)
    if (method === 'redirectTo') return redirectTo(target)
    if (method === 'switchTab') return switchTab(target)
    return reLaunch(target)
  }
  return {
    stack,
    top,
    openPages: () => [...new Set([...stack, ...tabs.values()])],
    route,
    onClosed: (listener) => void closedListeners.push(listener),
  }
}

const refuseUnreachable = (
  runtime: Runtime,
  method: RouteMethod,
  { path, query }: Location,
  isTab: boolean,
): void => {
  if (!runtime.bundle.app.pages.includes(path)) throw failure(`page "${path}" is not found`)
  if (isTab && (method === 'navigateTo' || method === 'redirectTo')) {
    throw failure(`can not ${method} a tabbar page`)
  }
  if (method !== 'switchTab') return
  if (!isTab) throw failure('can not switch to no-tabBar page')
  if (Object.keys(query).length > 0) throw failure('url not support queryString')
}

const nextTask = (runtime: Runtime): Promise<void> =>
  new Promise((resolve) => {
    runtime.environment.setTimeout(resolve, 0)
  })
