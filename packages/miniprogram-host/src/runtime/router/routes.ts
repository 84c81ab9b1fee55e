import { failure } from '../wx/api.ts'
import type { EventChannel } from './event-channel.ts'
import { createEventChannels } from './event-channel.ts'
import { closePage, hidePage, isTab, openPage, showPage } from './page.ts'
import type { PageRecord, RouterRuntime } from './page-record.ts'
import type { Location } from './url.ts'

export type RouteMethod = 'navigateTo' | 'redirectTo' | 'navigateBack' | 'reLaunch' | 'switchTab'

/** The open pages, and the listeners for closed ones. */
export interface RouterState {
  /** The current page is the last. */
  stack: PageRecord[]
  /** Pages of tabs by path; they stay open while another tab is shown. */
  tabs: Map<string, PageRecord>
  closedListeners: ((page: PageRecord) => void)[]
}

type Options = Record<string, unknown>
type Route = (
  state: RouterState,
  runtime: RouterRuntime,
  target: Location,
  options: Options,
) => Options

// https://developers.weixin.qq.com/miniprogram/dev/api/route/wx.navigateTo.html
const MAX_DEPTH = 10

/** The effect of each navigation function on the open pages, for a target already checked. */
export const ROUTES: Record<RouteMethod, Route> = {
  navigateBack(state, runtime, _target, options) {
    const { stack } = state
    const delta = Math.min(Number(options.delta ?? 1), stack.length - 1)
    const revealed = stack[stack.length - 1 - delta]
    if (delta < 1 || !revealed) throw failure('cannot navigate back at first page.')
    for (const page of stack.splice(stack.length - delta).reverse()) close(state, runtime, page)
    showPage(runtime, revealed, false)
    return {}
  },
  navigateTo(state, runtime, target, options) {
    if (state.stack.length >= MAX_DEPTH) throw failure('webview count limit exceed')
    const { opener, opened } = createEventChannels()
    for (const [event, listener] of Object.entries(options.events ?? {})) opener.on(event, listener)
    hidePage(runtime, state.stack.at(-1))
    open(state, runtime, target, opened)
    return { eventChannel: opener }
  },
  redirectTo(state, runtime, target) {
    const replaced = state.stack.pop()
    if (replaced) close(state, runtime, replaced)
    open(state, runtime, target)
    return {}
  },
  reLaunch(state, runtime, target) {
    for (const page of state.stack.splice(0).reverse()) close(state, runtime, page)
    for (const page of [...state.tabs.values()]) close(state, runtime, page)
    open(state, runtime, target)
    return {}
  },
  switchTab(state, runtime, target) {
    const kept = state.tabs.get(target.path)
    for (const page of state.stack.splice(0).reverse()) {
      if (!isTab(runtime, page.path)) close(state, runtime, page)
      else if (page !== kept) hidePage(runtime, page)
    }
    if (!kept) {
      open(state, runtime, target)
      return {}
    }
    state.stack.push(kept)
    showPage(runtime, kept, false)
    return {}
  },
}

/** Throws WeChat's failure when a function must not open the target. */
export const refuseUnreachable = (
  runtime: RouterRuntime,
  method: RouteMethod,
  { path, query }: Location,
): void => {
  if (!runtime.bundle.app.pages.includes(path)) throw failure(`page "${path}" is not found`)
  const tab = isTab(runtime, path)
  if (tab && (method === 'navigateTo' || method === 'redirectTo')) {
    throw failure(`can not ${method} a tabbar page`)
  }
  if (method !== 'switchTab') return
  if (!tab) throw failure('can not switch to no-tabBar page')
  if (Object.keys(query).length > 0) throw failure('url not support queryString')
}

/** Opens a page as the current one. */
const open = (
  state: RouterState,
  runtime: RouterRuntime,
  target: Location,
  channel?: EventChannel,
): void => {
  const enter = (page: PageRecord): void => {
    state.stack.push(page)
    if (isTab(runtime, page.path)) state.tabs.set(page.path, page)
  }
  showPage(runtime, openPage(runtime, target, enter, channel), true)
}

const close = (state: RouterState, runtime: RouterRuntime, page: PageRecord): void => {
  closePage(runtime, page)
  if (state.tabs.get(page.path) === page) state.tabs.delete(page.path)
  for (const listener of state.closedListeners) listener(page)
}
