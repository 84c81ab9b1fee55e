import type { EventChannel } from './event-channel.ts'
import { createEventChannels } from './event-channel.ts'
import type { PageInstance, PageRecord, RouterRuntime } from './page-record.ts'
import type { Location } from './url.ts'

let lastPageId = 0

/**
 * Creates a page, attaches it and calls its onLoad. `enter` puts it on the stack before that, where
 * its components and onLoad find it.
 */
export const openPage = (
  runtime: RouterRuntime,
  { path, query }: Location,
  enter: (page: PageRecord) => void,
  channel?: EventChannel,
): PageRecord => {
  const root = runtime.components.createRoot(path)
  const page: PageRecord = {
    id: ++lastPageId,
    path,
    query,
    root,
    component: root.getComponent(),
    instance: root.get() as unknown as PageInstance,
    tabBar: isTab(runtime, path) ? runtime.components.createTabBar() : null,
    title: titleOf(runtime, path),
    faults: runtime.components.faultsOf(path),
    shown: false,
    closed: false,
    scrollTop: 0,
  }
  let opened = channel
  Object.assign(page.instance, {
    route: path,
    __route__: path,
    options: query,
    __wxWebviewId__: page.id,
    getPageId: () => `pageId:${page.id}`,
    getTabBar: (callback?: unknown) => tabBarOf(page, callback),
    getOpenerEventChannel: () => (opened ??= createEventChannels().opened),
  })
  enter(page)
  try {
    runtime.environment.view.mount(page)
  } catch (error) {
    runtime.errors.report(error)
  }
  callPage(runtime, page, 'onLoad', query)
  return page
}

/** Shows a page; onReady follows its first rendering. */
export const showPage = (runtime: RouterRuntime, page: PageRecord, first: boolean): void => {
  if (page.shown) return
  page.shown = true
  runtime.environment.view.display(page)
  runtime.environment.emit('Host.pageShown', { url: urlOf(page) })
  callPage(runtime, page, 'onShow')
  triggerLifetime(page, 'show')
  if (!first) return
  void runtime.viewUpdated().then(() => {
    if (!page.closed) callPage(runtime, page, 'onReady')
  })
}

export const hidePage = (runtime: RouterRuntime, page: PageRecord | undefined): void => {
  if (!page?.shown) return
  page.shown = false
  callPage(runtime, page, 'onHide')
  triggerLifetime(page, 'hide')
}

const urlOf = ({ path, query }: PageRecord): string => {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${value}`)
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`
}

/** Closes a page: calls onUnload, then detaches its components. */
export const closePage = (runtime: RouterRuntime, page: PageRecord): void => {
  if (page.closed) return
  page.closed = true
  page.shown = false
  callPage(runtime, page, 'onUnload')
  runtime.environment.view.unmount(page)
}

export const isTab = ({ bundle }: Pick<RouterRuntime, 'bundle'>, path: string): boolean =>
  bundle.app.tabBar?.list.some((tab) => tab.pagePath === path) ?? false

/** The instance of the app's own tab bar on a page; WeChat passes it to a callback, too. */
const tabBarOf = ({ tabBar }: PageRecord, callback: unknown): unknown => {
  const instance = tabBar?.get() ?? null
  if (typeof callback === 'function') callback(instance)
  return instance
}

const triggerLifetime = (page: PageRecord, name: 'show' | 'hide'): void => {
  page.component.triggerPageLifetime(name, [])
  page.tabBar?.getComponent().triggerPageLifetime(name, [])
}

/** Calls a page's function, if present; an exception is reported as the app's. */
const callPage = (
  runtime: RouterRuntime,
  page: PageRecord,
  name: string,
  ...values: unknown[]
): unknown => {
  const method = page.instance[name]
  if (typeof method !== 'function') return undefined
  try {
    return method.apply(page.instance, values)
  } catch (error) {
    runtime.errors.report(error)
    return undefined
  }
}

const titleOf = (runtime: RouterRuntime, path: string): string => {
  const config = runtime.components.configOf(path)
  const title = config.navigationBarTitleText ?? runtime.bundle.app.window.navigationBarTitleText
  return typeof title === 'string' ? title : ''
}
